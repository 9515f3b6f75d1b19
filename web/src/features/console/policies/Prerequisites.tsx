import { Check, CircleAlert } from "lucide-react";
import type { Policy } from "@/api";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import type { PolicyKind, PolicyType } from "./catalogue";
import { policyOf } from "./usePolicies";

type PrerequisitesProps = {
  kind: PolicyKind;
  policies: readonly Policy[];
  onOpen: (type: PolicyType) => void;
};

/** Which other policies must be on, with the way to them. */
export function Prerequisites({ kind, policies, onOpen }: PrerequisitesProps) {
  const t = useT();
  if (kind.needs.length === 0) {
    return null;
  }
  return (
    <section>
      <h3 className="text-sm font-medium">{t("policies.needs")}</h3>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {kind.needs.map((type) => {
          const on = policyOf(policies, type).enabled;
          return (
            <li key={type} className="flex min-h-8 items-center gap-2">
              {on ? (
                <Check className="size-4 text-good" aria-hidden />
              ) : (
                <CircleAlert className="size-4 text-warn" aria-hidden />
              )}
              <span className="min-w-0 flex-1">
                {t(on ? "policies.needIsOn" : "policies.needIsOff", { policy: t(`policies.name.${type}`) })}
              </span>
              {on ? null : (
                <Button size="sm" onClick={() => onOpen(type)}>
                  {t("policies.openNeed")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
