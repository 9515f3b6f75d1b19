import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { type PlanSeats, seatChange } from "./seats";

type SeatHintsProps = { plan: PlanSeats | undefined; planName: string; before: number; after: number };

/** What a number of seats means for the provider's plan; follows the number while it is typed. */
export function SeatHints({ plan, planName, before, after }: SeatHintsProps) {
  const t = useT();
  const format = useFormat();
  if (!plan || !Number.isInteger(after)) {
    return null;
  }
  const { unassigned, additional, released } = seatChange(plan, before, after);
  return (
    <dl className="flex flex-col gap-1 rounded-lg border border-line bg-surface px-3 py-2.5 text-sm">
      <Line
        label={t("clients.seats.contracted", { plan: planName })}
        value={format.number(plan.seatMinimum)}
      />
      <Line label={t("clients.seats.unassigned")} value={format.number(unassigned)} />
      {additional > 0 ? (
        <Line strong label={t("clients.seats.additional")} value={`+${format.number(additional)}`} />
      ) : null}
      {released > 0 ? (
        <Line strong label={t("clients.seats.released")} value={`−${format.number(released)}`} />
      ) : null}
    </dl>
  );
}

function Line({ label, value, strong }: { label: string; value: string; strong?: boolean }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className={strong ? "font-medium text-warn" : "text-muted"}>{label}</dt>
      <dd className={strong ? "font-medium text-warn" : ""}>{value}</dd>
    </div>
  );
}
