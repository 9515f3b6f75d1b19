import type { BaselinePreview } from "@/api/baselines";
import { nameOfSubject } from "@/features/console/baseline/words";
import type { Outcome } from "@/features/console/bulk/batches";
import { Affected } from "@/features/console/policies/Affected";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Callout } from "@/ui/Badge";
import { changesFor, type Target, type Totals } from "./applying";

type ForecastProps = {
  targets: readonly Target[];
  previews: ReadonlyMap<Target, BaselinePreview>;
  outcomes: ReadonlyMap<Target, Outcome>;
  totals: Totals;
};

/** What applying would change, in numbers first, then client by client. */
export function Forecast({ targets, previews, outcomes, totals }: ForecastProps) {
  const t = useT();
  const { changes, blocked, revoked, revokedAt } = totals;
  return (
    <>
      <div role="status" className="flex flex-col gap-2">
        {changes === 0 ? (
          <Callout mood="good">{t("baselines.nothingToDo")}</Callout>
        ) : (
          <p className="font-medium">
            {t("baselines.changeCount", { count: changes })}
            {blocked > 0 ? ` · ${t("baselines.blockedCount", { count: blocked })}` : null}
          </p>
        )}
        {revoked > 0 ? (
          <Callout mood="warn">
            {t("baselines.revokedCount", {
              count: revoked,
              clients: t("baselines.clientCount", { count: revokedAt }),
            })}
          </Callout>
        ) : changes > blocked ? (
          <Callout mood="good">{t("baselines.nobodyLoses")}</Callout>
        ) : null}
      </div>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {targets.map((target) => (
          <Client
            key={target.clientId}
            target={target}
            preview={previews.get(target)}
            reason={outcomes.get(target)?.reason}
            named={targets.length > 1}
          />
        ))}
      </ul>
    </>
  );
}

type ClientProps = {
  target: Target;
  preview: BaselinePreview | undefined;
  reason: string | undefined;
  named: boolean;
};

function Client({ target, preview, reason, named }: ClientProps) {
  const t = useT();
  const changes = preview ? changesFor(target, preview) : [];
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      {named ? (
        <span className="flex min-w-0 items-center gap-2.5 font-medium">
          <Avatar size="sm" seed={target.organizationId} name={target.name} />
          <span className="truncate">{target.name}</span>
        </span>
      ) : null}
      {reason ? <Callout mood="bad">{reason}</Callout> : null}
      {preview && changes.length === 0 ? (
        <p className="text-sm text-muted">{t("baselines.nothingToDo")}</p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {changes
          .filter(({ blockedBy }) => blockedBy === null)
          .map(({ subject, people }) => (
            <li key={subject} className="flex flex-col gap-1.5">
              <span>{nameOfSubject(subject, t)}</span>
              <Affected people={people} />
            </li>
          ))}
        {blockedIn(changes).map(([reason, subjects]) => (
          <li key={reason} className="flex flex-col gap-1.5">
            <span>{subjects.map((subject) => nameOfSubject(subject, t)).join(", ")}</span>
            <Callout mood="bad" title={t("baselines.blocked")}>
              {reason}
            </Callout>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** What is not possible, by its reason: a plan without policies blocks all of them alike. */
function blockedIn(changes: BaselinePreview["changes"]): [reason: string, subjects: string[]][] {
  const found = new Map<string, string[]>();
  for (const { subject, blockedBy } of changes) {
    if (blockedBy !== null) {
      found.set(blockedBy, [...(found.get(blockedBy) ?? []), subject]);
    }
  }
  return [...found];
}
