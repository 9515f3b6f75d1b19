import type { OverviewClient } from "@/api/overview";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { planName } from "../clients/row";
import { SeatsCell } from "../clients/SeatsCell";
import { HealthBadge } from "./HealthBadge";
import { healthOf, twoStepShare } from "./health";

/** A client at a glance, without leaving the list. */
export function ClientPreview({ client }: { client: OverviewClient }) {
  const t = useT();
  const format = useFormat();
  const { members } = client;
  const share = twoStepShare(client);
  const people = (["confirmed", "accepted", "invited", "revoked"] as const).filter(
    (status) => members[status] > 0,
  );
  const lines: [string, string][] = [
    [
      t("overview.column.people"),
      people
        .map((status) => t(`clients.handover.members.${status}`, { count: members[status] }))
        .join(", ") || t("overview.nobody"),
    ],
    [
      t("overview.column.twoStep"),
      share === null
        ? "–"
        : t("overview.twoStepOf", { count: client.twoStep, total: format.number(members.confirmed) }),
    ],
    [
      t("overview.column.drift"),
      client.baseline === null
        ? t("overview.noBaseline")
        : `${client.baseline.name}: ${t("overview.differences", { count: client.drift ?? 0 })}`,
    ],
    [
      t("overview.column.access"),
      client.lastAccess
        ? `${format.ago(client.lastAccess)}${client.lastAccessBy ? ` · ${client.lastAccessBy}` : ""}`
        : t("overview.neverByUs"),
    ],
  ];
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div className="flex items-center gap-3">
        <Avatar seed={client.organizationId} name={client.name} />
        <div className="min-w-0">
          <div className="line-clamp-2 text-base font-semibold wrap-anywhere">{client.name}</div>
          <div className="text-muted">{planName(client.plan)}</div>
        </div>
      </div>
      <HealthList client={client} />
      <SeatsCell used={client.occupied} seats={client.seats ?? 0} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        {lines.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Every reason, not only the first. */
function HealthList({ client }: { client: OverviewClient }) {
  const { reasons, mood } = healthOf(client);
  return (
    <div className="flex flex-wrap gap-1.5">
      {reasons.length === 0 ? (
        <HealthBadge health={{ mood, reasons }} />
      ) : (
        reasons.map((reason) => <HealthBadge key={reason} health={healthOf({ alerts: [reason] })} />)
      )}
    </div>
  );
}
