import { baselineSettings } from "@/api/baselines";
import { useT } from "@/i18n";
import { ChoiceRow } from "./ChoiceRow";
import { type Draft, settingChoice, withSetting } from "./draft";

/** The settings of an organization about who arranges collections. */
export function SettingChoices({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const t = useT();
  return (
    <>
      <p className="text-muted">{t("baselines.settingsText")}</p>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {baselineSettings.map((name) => (
          <ChoiceRow
            key={name}
            label={t(`orgSettings.rule.${name}`)}
            text={t(`orgSettings.ruleText.${name}`)}
            value={settingChoice(draft, name)}
            onChange={(choice) => onChange(withSetting(draft, name, choice))}
          />
        ))}
      </ul>
    </>
  );
}
