import type { SeatPlan } from "@/api/fleet";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { planName } from "../clients/row";

/** The arithmetic of the purchase, plan by plan. */
export function PlanSums({ plans }: { plans: SeatPlan["plans"] }) {
  const t = useT();
  const format = useFormat();
  const step = (before: number, after: number) =>
    before === after ? (
      format.number(after)
    ) : (
      <>
        <span className="text-muted">{format.number(before)} → </span>
        <span className="font-medium">{format.number(after)}</span>
      </>
    );
  return (
    <div className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full text-sm max-sm:text-xs">
        <caption className="sr-only">{t("bulkwork.sums")}</caption>
        <thead className="bg-surface text-muted">
          <tr>
            <th scope="col" className="px-2 py-2 sm:px-3 text-left font-medium">
              {t("provider.plan")}
            </th>
            {(["minimum", "assigned", "purchased"] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className="px-2 py-2 sm:px-3 text-right font-medium whitespace-nowrap"
              >
                {t(`bulkwork.sum.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <tr key={plan.type} className="border-t border-line">
              <th scope="row" className="px-2 py-2 sm:px-3 text-left font-medium">
                {planName(plan.name)}
              </th>
              <td className="px-2 py-2 sm:px-3 text-right whitespace-nowrap">
                {format.number(plan.seatMinimum)}
              </td>
              <td className="px-2 py-2 sm:px-3 text-right whitespace-nowrap">
                {step(plan.assignedBefore, plan.assignedAfter)}
              </td>
              <td className="px-2 py-2 sm:px-3 text-right whitespace-nowrap">
                {step(plan.purchasedBefore, plan.purchasedAfter)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
