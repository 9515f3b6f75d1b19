import type { ReactNode } from "react";
import type { Difference } from "@/api/baselines";
import { useT } from "@/i18n";
import { differencesOf, nameOfSubject } from "./words";

type DifferenceListProps = {
  differences: readonly Difference[];
  /** What stands below a difference: why it was accepted, what can be done. */
  below?: (difference: Difference) => ReactNode;
  lead?: (difference: Difference) => ReactNode;
};

/** Where a client is otherwise than its baseline, subject by subject. */
export function DifferenceList({ differences, below, lead }: DifferenceListProps) {
  const t = useT();
  return (
    <ul className="divide-y divide-line rounded-xl border border-line">
      {differences.map((difference) => (
        <li key={difference.subject} className="flex gap-3 px-4 py-3">
          {lead?.(difference)}
          <div className="min-w-0 flex-1">
            <span className="block font-medium">{nameOfSubject(difference.subject, t)}</span>
            <ul className="text-sm text-muted">
              {differencesOf(difference, t).map((words) => (
                <li key={words} className="wrap-anywhere">
                  {words}
                </li>
              ))}
            </ul>
            {below?.(difference)}
          </div>
        </li>
      ))}
    </ul>
  );
}
