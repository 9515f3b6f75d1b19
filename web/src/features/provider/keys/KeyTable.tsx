import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import type { ProviderKey } from "@/api/providerKeys";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { type Column, Table } from "@/ui/Table";
import { standingOf } from "./model";

type KeyTableProps = { keys: readonly ProviderKey[]; onDelete: (key: ProviderKey) => void };

const rowKey = ({ id }: ProviderKey) => id;

export function KeyTable({ keys, onDelete }: KeyTableProps) {
  const t = useT();
  const rows = useMemo(() => [...keys], [keys]);
  return (
    <div className="flex min-h-28 flex-col">
      <Table
        label={t("portal.section.keys")}
        choose="portal-keys"
        columns={useColumns(onDelete)}
        rows={rows}
        rowKey={rowKey}
        initialSort={{ id: "name" }}
      />
    </div>
  );
}

function useColumns(onDelete: (key: ProviderKey) => void): Column<ProviderKey>[] {
  const t = useT();
  const format = useFormat();
  return useMemo(() => {
    const scope = ({ allClients, clientIds }: ProviderKey) =>
      allClients ? t("staff.allClients") : t("staff.someClients", { count: clientIds.length });
    const used = ({ lastUsedDate }: ProviderKey) =>
      lastUsedDate ? format.ago(lastUsedDate) : t("providerKeys.unused");
    return [
      {
        id: "name",
        header: t("common.name"),
        narrow: "title",
        width: "minmax(12rem,3fr)",
        sortBy: ({ name }) => name,
        cell: (key) => (
          <>
            <span className="block truncate text-base font-medium">{key.name}</span>
            <span className="block truncate text-muted max-sm:hidden">
              {t("providerKeys.by", {
                person: key.createdBy?.name || key.createdBy?.email || t("providerKeys.somebody"),
                date: format.date(key.creationDate),
              })}
            </span>
          </>
        ),
      },
      {
        id: "scope",
        header: t("staff.reach"),
        narrow: "second",
        width: "8rem",
        sortBy: ({ allClients, clientIds }) => (allClients ? Number.MAX_SAFE_INTEGER : clientIds.length),
        cell: scope,
        narrowCell: (key) =>
          `${scope(key)} · ${t(key.mayWrite ? "providerKeys.writes" : "providerKeys.reads")}`,
      },
      {
        id: "rights",
        header: t("providerKeys.rights"),
        narrow: "none",
        width: "9rem",
        sortBy: ({ mayWrite }) => Number(mayWrite),
        cell: ({ mayWrite }) =>
          mayWrite ? (
            <Badge mood="accent">{t("providerKeys.writes")}</Badge>
          ) : (
            <Badge>{t("providerKeys.reads")}</Badge>
          ),
      },
      {
        id: "expires",
        header: t("providerKeys.expires"),
        narrow: "none",
        width: "10rem",
        sortBy: ({ expirationDate }) => expirationDate ?? "9999",
        cell: (key) => <Expiry apiKey={key} />,
      },
      {
        id: "used",
        header: t("providerKeys.used"),
        narrow: "none",
        width: "9rem",
        sortBy: ({ lastUsedDate }) => lastUsedDate ?? "",
        cell: used,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        narrow: "end",
        width: "5rem",
        cell: (key) => (
          <span className="inline-flex">
            <CopyButton open value={key.clientId} label={t("providerKeys.copyId", { name: key.name })} />
            <IconButton
              size="sm"
              label={t("providerKeys.deleteNamed", { name: key.name })}
              icon={<Trash2 className="size-4" />}
              onClick={() => onDelete(key)}
            />
          </span>
        ),
      },
    ];
  }, [t, format, onDelete]);
}

function Expiry({ apiKey }: { apiKey: ProviderKey }) {
  const t = useT();
  const format = useFormat();
  const standing = standingOf(apiKey, new Date());
  if (apiKey.expirationDate === null) {
    return <span className="text-muted">{t("common.never")}</span>;
  }
  const date = format.date(apiKey.expirationDate);
  return standing === "good" ? (
    date
  ) : (
    <Badge mood={standing === "ended" ? "bad" : "warn"}>
      {t(standing === "ended" ? "providerKeys.ended" : "providerKeys.ending", { date })}
    </Badge>
  );
}
