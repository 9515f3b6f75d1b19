import { ChevronRight } from "lucide-react";
import type { Policy } from "@/api";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { GovernedNotice } from "../baseline/GovernedNotice";
import { GovernedPanel } from "../baseline/GovernedPanel";
import { differenceAt, useOwnBaseline } from "../baseline/useOwnBaseline";
import { policySubject } from "../baseline/words";
import { PageHead } from "../frame/PageHead";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { asPolicyType, type PolicyGroup, type PolicyType, policyGroups } from "./catalogue";
import { PolicyPanel } from "./PolicyPanel";
import { policyOf, usePolicies } from "./usePolicies";

const groups = Object.keys(policyGroups) as PolicyGroup[];

/** The rules that everybody in the organization has to keep to. */
export function PoliciesPage() {
  const t = useT();
  const { name } = useConsole();
  const { search, go } = usePlace();
  const policies = usePolicies();
  const open = asPolicyType(search.policy);
  const all = policies.data ?? [];
  const on = all.filter(({ enabled }) => enabled).length;

  if (policies.isError && !policies.data) {
    return (
      <ErrorState
        title={t("policies.failed", { name })}
        action={<Button onClick={() => void policies.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(policies.error, t)}
      </ErrorState>
    );
  }
  return (
    <>
      <PageHead
        title={t("console.section.policies")}
        note={policies.data ? t("policies.count", { count: on }) : t("policies.intro")}
      />
      {policies.data ? (
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-8 sm:px-6">
          <div className="flex max-w-3xl flex-col gap-6">
            <GovernedNotice onOpen={() => go("policies", { baseline: "open" })} />
            {groups.map((group) => (
              <Group
                key={group}
                group={group}
                policies={all}
                onOpen={(type) => go("policies", { policy: String(type) })}
              />
            ))}
          </div>
        </div>
      ) : (
        <SkeletonRows />
      )}
      {search.baseline === "open" ? <GovernedPanel onClose={() => go("policies")} /> : null}
      {open !== null && policies.data ? (
        <PolicyPanel
          key={open}
          type={open}
          policies={all}
          onOpen={(type) => go("policies", { policy: String(type) }, { replace: true })}
          onReload={() => policies.refetch()}
          onClose={() => go("policies")}
        />
      ) : null}
    </>
  );
}

type GroupProps = {
  group: PolicyGroup;
  policies: readonly Policy[];
  onOpen: (type: PolicyType) => void;
};

function Group({ group, policies, onOpen }: GroupProps) {
  const t = useT();
  const { data: baseline } = useOwnBaseline();
  return (
    <section aria-labelledby={`policies-${group}`}>
      <h3 id={`policies-${group}`} className="mb-2 text-sm font-medium text-muted">
        {t(`policies.group.${group}`)}
      </h3>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {policyGroups[group].map((type) => {
          const { enabled } = policyOf(policies, type);
          const difference = differenceAt(baseline, policySubject(type));
          return (
            <li key={type} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-hover">
              <button
                type="button"
                onClick={() => onOpen(type)}
                className="min-w-0 flex-1 text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text"
              >
                <span className="block font-medium">{t(`policies.name.${type}`)}</span>
                <span className="block text-sm text-muted">{t(`policies.text.${type}`)}</span>
              </button>
              {difference ? (
                <Badge mood={difference.deviation ? "neutral" : "warn"}>
                  {t(difference.deviation ? "governed.decidedBadge" : "governed.differsBadge")}
                </Badge>
              ) : null}
              {enabled ? <Badge mood="good">{t("policies.on")}</Badge> : null}
              <ChevronRight className="size-4 shrink-0 text-muted" aria-hidden />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
