import { ListChecks } from "lucide-react";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Decision } from "./Decision";
import { DeviationNote } from "./DeviationNote";
import { differenceAt, useOwnBaseline } from "./useOwnBaseline";
import { differencesOf } from "./words";

/** What the baseline says about one policy or setting, beside it. Says nothing where there is nothing to say. */
export function SubjectNote({ subject }: { subject: string }) {
  const t = useT();
  const { data: baseline } = useOwnBaseline();
  const difference = differenceAt(baseline, subject);
  const deviation =
    difference?.deviation ?? baseline?.deviations.find((decided) => decided.subject === subject) ?? null;
  if (!baseline?.governed || !(difference || deviation)) {
    return null;
  }
  const open = difference !== undefined && deviation === null;
  const values = { name: baseline.name ?? "", provider: baseline.providerName ?? "" };
  return (
    <Callout
      mood={open ? "warn" : "neutral"}
      icon={<ListChecks />}
      title={t(deviation ? "governed.accepted" : "governed.otherwise", values)}
    >
      {difference ? (
        <ul>
          {differencesOf(difference, t).map((words) => (
            <li key={words} className="wrap-anywhere">
              {words}
            </li>
          ))}
        </ul>
      ) : null}
      {deviation ? <DeviationNote deviation={deviation} /> : null}
      <div className="mt-2 empty:hidden">
        <Decision baseline={baseline} subject={subject} />
      </div>
    </Callout>
  );
}
