import type { OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { cx } from "@/ui/cx";
import { useStorage } from "./useStorage";

type StorageLineProps = { organizationId: OrgId | null; version: unknown };

/** Silent where the server does not tell: only those who may write are told. */
export function StorageLine({ organizationId, version }: StorageLineProps) {
  const t = useT();
  const format = useFormat();
  const storage = useStorage(organizationId, version).data;
  if (!storage) {
    return null;
  }
  const scarce = storage.used > storage.limit * 0.9;
  const words = { used: format.size(storage.used), limit: format.size(storage.limit) };
  return (
    <p className={cx("text-sm tabular-nums", scarce ? "text-warn" : "text-muted")}>
      {t("attachment.storage", words)}
    </p>
  );
}
