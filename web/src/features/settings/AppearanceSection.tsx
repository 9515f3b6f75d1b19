import { chooseLanguage, setTheme, type Theme, useTheme } from "@/app/preferences";
import { type Language, languages, useLanguage, useT } from "@/i18n";
import { Field, Select } from "@/ui/Field";
import { Group } from "./Group";

export function AppearanceSection() {
  const t = useT();
  const language = useLanguage();
  const theme = useTheme();
  return (
    <Group title={t("settings.section.appearance")} text={t("settings.appearanceText")}>
      <div className="flex flex-col gap-4 sm:max-w-64">
        <Field label={t("shell.language")}>
          <Select value={language} onChange={(event) => chooseLanguage(event.target.value as Language)}>
            {languages.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("shell.theme")}>
          <Select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            <option value="system">{t("shell.themeSystem")}</option>
            <option value="light">{t("shell.themeLight")}</option>
            <option value="dark">{t("shell.themeDark")}</option>
          </Select>
        </Field>
      </div>
    </Group>
  );
}
