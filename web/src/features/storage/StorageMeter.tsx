import { explain } from "@/app/errors";
import type { OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Progress, Skeleton } from "@/ui/States";
import { useStorage } from "./useStorage";

/** The same where there is room for a picture of it. */
export function StorageMeter({ organizationId }: { organizationId: OrgId | null }) {
  const t = useT();
  const format = useFormat();
  const storage = useStorage(organizationId);
  if (storage.error) {
    return <p className="text-muted">{explain(storage.error, t)}</p>;
  }
  if (!storage.data) {
    return <Skeleton className="h-8" />;
  }
  const { used, limit } = storage.data;
  const mood = used > limit * 0.9 ? "warn" : "accent";
  return (
    <div>
      <p className="mb-2 tabular-nums">
        {t("attachment.storage", { used: format.size(used), limit: format.size(limit) })}
      </p>
      <Progress label={t("attachment.storageTitle")} value={used} max={limit} mood={mood} />
    </div>
  );
}
