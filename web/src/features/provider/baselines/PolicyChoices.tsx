import {
  kindOf,
  type PolicyGroup,
  type PolicyType,
  policyGroups,
} from "@/features/console/policies/catalogue";
import { PolicyForm } from "@/features/console/policies/PolicyForm";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ChoiceRow } from "./ChoiceRow";
import { type Draft, missingNeeds, policyChoice, withData, withPolicy, wrongFields } from "./draft";

type DraftProps = { draft: Draft; onChange: (draft: Draft) => void };
const groups = Object.keys(policyGroups) as PolicyGroup[];

/** Every policy with the same options that the clients' own pages have. */
export function PolicyChoices({ draft, onChange }: DraftProps) {
  const t = useT();
  return (
    <>
      <p className="text-muted">{t("baselines.policiesText")}</p>
      {groups.map((group) => (
        <section key={group} aria-labelledby={`baseline-${group}`}>
          <h3 id={`baseline-${group}`} className="mb-2 text-sm font-medium text-muted">
            {t(`policies.group.${group}`)}
          </h3>
          <ul className="divide-y divide-line rounded-xl border border-line">
            {policyGroups[group].map((type) => (
              <PolicyChoice key={type} type={type} draft={draft} onChange={onChange} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function PolicyChoice({ type, draft, onChange }: DraftProps & { type: PolicyType }) {
  const t = useT();
  const kind = kindOf(type);
  const choice = policyChoice(draft, type);
  const missing = missingNeeds(draft, type);
  const options = choice === "on" && kind.fields.length > 0;
  return (
    <ChoiceRow
      label={t(`policies.name.${type}`)}
      text={t(`policies.text.${type}`)}
      value={choice}
      onChange={(next) => onChange(withPolicy(draft, type, next))}
    >
      {missing.length > 0 || options ? (
        <>
          {missing.map((need) => (
            <Callout
              key={need}
              mood="warn"
              action={
                <Button size="sm" onClick={() => onChange(withPolicy(draft, need, "on"))}>
                  {t("baselines.needToo")}
                </Button>
              }
            >
              {t("baselines.need", { policy: t(`policies.name.${need}`) })}
            </Callout>
          ))}
          {options ? (
            <div className="border-l-2 border-line pl-4">
              <PolicyForm
                kind={kind}
                data={draft.policies[type]?.data ?? {}}
                wrong={wrongFields(draft, type)}
                onChange={(data) => onChange(withData(draft, type, data))}
              />
            </div>
          ) : null}
        </>
      ) : null}
    </ChoiceRow>
  );
}
