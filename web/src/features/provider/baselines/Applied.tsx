import { CircleCheck, CircleX } from "lucide-react";
import type { BaselineApplied } from "@/api/baselines";
import { nameOfSubject } from "@/features/console/baseline/words";
import type { Outcome } from "@/features/console/bulk/batches";
import { OutcomeRow } from "@/features/console/bulk/OutcomeRow";
import { useT } from "@/i18n";
import type { Target } from "./applying";

type AppliedProps = {
  targets: readonly Target[];
  results: ReadonlyMap<Target, BaselineApplied>;
  outcomes: ReadonlyMap<Target, Outcome>;
};

/** How it went, per client and subject. */
export function Applied({ targets, results, outcomes }: AppliedProps) {
  const t = useT();
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {targets.map((target) => {
        const changes = results.get(target)?.changes ?? [];
        return (
          <li key={target.clientId}>
            <ul>
              <OutcomeRow
                name={target.name}
                outcome={outcomes.get(target)}
                done={t("baselines.changedCount", { count: changes.length })}
              />
              {changes.map(({ subject, error }) => (
                <li key={subject} className="flex items-start gap-2 py-1 pr-3 pl-10 text-sm last:pb-2.5">
                  {error ? (
                    <CircleX className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
                  ) : (
                    <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
                  )}
                  <span className="min-w-0 wrap-anywhere">
                    {nameOfSubject(subject, t)}
                    <span className={error ? "block text-bad" : "sr-only"}>
                      {error ?? t("baselines.done")}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
