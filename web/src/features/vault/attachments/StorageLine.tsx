import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ItemFiles } from "@/sync";
import { cx } from "@/ui/cx";

export const storageKey = (organizationId: OrgId | null) =>
  organizationId ? (["organization", organizationId, "storage"] as const) : (["storage"] as const);

/** How much room is taken, and of how much; `version` is something that changes with it. */
export function useStorage(files: ItemFiles, organizationId: OrgId | null, version?: unknown) {
  const storage = useQuery({
    queryKey: storageKey(organizationId),
    queryFn: () => files.storage(organizationId),
    staleTime: 0,
    retry: false,
  });
  const { refetch } = storage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other files take other room
  useEffect(() => {
    void refetch();
  }, [refetch, version]);
  return storage.data;
}

type StorageLineProps = { files: ItemFiles; organizationId: OrgId | null; version: unknown };

/** Silent where the server does not tell: only those who may write are told. */
export function StorageLine({ files, organizationId, version }: StorageLineProps) {
  const t = useT();
  const format = useFormat();
  const storage = useStorage(files, organizationId, version);
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
