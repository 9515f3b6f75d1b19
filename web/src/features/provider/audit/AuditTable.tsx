import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AuditRecord } from "@/api/audit";
import { deviceName } from "@/features/console/events/device";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { type Column, Table } from "@/ui/Table";
import { usePortal } from "../scope";
import { type Actor, actorOf, inOneLine, placeOf, wordsOf } from "./words";

type AuditTableProps = {
  records: AuditRecord[];
  self: string | null;
  onPerson: (userId: string) => void;
  onClient: (clientId: string) => void;
};

/** When, at which client, who, what, and from where. A name narrows the log to it. */
export function AuditTable({ records, self, onPerson, onClient }: AuditTableProps) {
  const t = useT();
  const format = useFormat();
  const { providerId, name: provider } = usePortal();
  const columns = useMemo<Column<AuditRecord>[]>(
    () => [
      {
        id: "client",
        header: t("baselines.client"),
        width: "minmax(9rem,1.2fr)",
        narrow: "none",
        cell: ({ clientId, clientName }) =>
          clientId ? (
            <NarrowTo
              name={clientName ?? "–"}
              title={t("audit.onlyClient", { name: clientName ?? "–" })}
              onClick={() => onClient(clientId)}
            />
          ) : (
            <span className="text-muted">{provider}</span>
          ),
      },
      {
        id: "time",
        header: t("events.time"),
        width: "10.5rem",
        narrow: "second",
        cell: ({ date }) => (
          <time dateTime={date} className="tabular-nums">
            {format.dateTime(date)}
          </time>
        ),
        narrowCell: (record) =>
          [format.dateTime(record.date), actorOf(record, self, t).name, record.clientName]
            .filter(Boolean)
            .join(" · "),
      },
      {
        id: "who",
        header: t("events.who"),
        width: "minmax(8rem,1.1fr)",
        narrow: "none",
        cell: (record) => <Who actor={actorOf(record, self, t)} onPerson={onPerson} />,
      },
      {
        id: "what",
        header: t("events.what"),
        width: "minmax(14rem,2.6fr)",
        narrow: "title",
        cell: (record) => <What record={record} />,
      },
      {
        id: "from",
        header: t("audit.from"),
        width: "minmax(8rem,1.1fr)",
        narrow: "none",
        cell: ({ deviceType, ipAddress }) => (
          <>
            <span className="block truncate">{deviceName(deviceType, t)}</span>
            {ipAddress ? <span className="block truncate text-xs text-muted">{ipAddress}</span> : null}
          </>
        ),
      },
    ],
    [t, format, self, provider, onPerson, onClient],
  );
  return (
    <Table
      label={t("portal.section.audit")}
      columns={columns}
      rows={records}
      rowKey={({ id }) => id}
      initialSort={{ id: "as they come" }}
      lead={({ organizationId, clientId, clientName }) => (
        <Avatar
          size="sm"
          seed={clientId ? (organizationId ?? clientId) : providerId}
          name={clientName ?? provider}
        />
      )}
    />
  );
}

function NarrowTo({ name, title, onClick }: { name: string; title: string; onClick: () => void }) {
  return (
    <button
      type="button"
      title={title}
      onClick={onClick}
      className="max-w-full truncate text-left hover:underline"
    >
      {name}
    </button>
  );
}

function Who({ actor, onPerson }: { actor: Actor; onPerson: (userId: string) => void }) {
  const t = useT();
  const { name, email, userId } = actor;
  return userId ? (
    <NarrowTo
      name={name}
      title={[t("audit.onlyPerson", { name }), email].filter(Boolean).join("\n")}
      onClick={() => onPerson(userId)}
    />
  ) : (
    name
  );
}

function What({ record }: { record: AuditRecord }) {
  const t = useT();
  const { providerId } = usePortal();
  const sentence = wordsOf(record, t);
  const place = placeOf(record);
  const { before, name, after } = sentence;
  return (
    <span title={inOneLine(sentence)}>
      {before}
      {name === "" ? null : place && record.organizationId ? (
        <Link
          to="/providers/$providerId/clients/$organizationId/$tab"
          params={{ providerId, organizationId: record.organizationId, tab: place.tab }}
          search={place.search}
          className="font-medium text-accent-text hover:underline"
        >
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      {after}
    </span>
  );
}
