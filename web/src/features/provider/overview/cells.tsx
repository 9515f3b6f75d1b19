import type { OverviewClient } from "@/api/overview";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { peopleOf, twoStepShare } from "./health";

type CellProps = { client: OverviewClient };

/** How many people, and what the others of them are waiting for. */
export function PeopleCell({ client }: CellProps) {
  const t = useT();
  const format = useFormat();
  const { invited, accepted } = client.members;
  const note = [
    accepted > 0 ? t("clients.handover.members.accepted", { count: accepted }) : "",
    invited > 0 ? t("clients.handover.members.invited", { count: invited }) : "",
  ].filter(Boolean);
  return (
    <span title={note.join(", ") || undefined}>
      <span className="block">{format.number(peopleOf(client))}</span>
      {note.length > 0 ? <span className="block truncate text-xs text-muted">{note[0]}</span> : null}
    </span>
  );
}

/** The share of the confirmed; little of it is pointed out. */
export function TwoStepCell({ client }: CellProps) {
  const t = useT();
  const format = useFormat();
  const share = twoStepShare(client);
  if (share === null) {
    return <span className="text-muted">–</span>;
  }
  const of = t("overview.twoStepOf", {
    count: client.twoStep,
    total: format.number(client.members.confirmed),
  });
  return (
    <span title={of} className={share < 50 ? "font-medium text-warn" : undefined}>
      {t("overview.percent", { value: format.number(share) })}
    </span>
  );
}

/** How many settings differ from the client's baseline. */
export function DriftCell({ client }: CellProps) {
  const t = useT();
  const { baseline, drift, deviations } = client;
  if (baseline === null) {
    return <span className="text-muted">–</span>;
  }
  const agreed = deviations > 0 ? ` · ${t("overview.deviations", { count: deviations })}` : "";
  return (
    <span title={`${baseline.name}${agreed}`}>
      {drift ? (
        <Badge mood="warn">{t("overview.differences", { count: drift })}</Badge>
      ) : (
        <span className="text-good">{t("overview.inLine")}</span>
      )}
    </span>
  );
}
