import { PageHeader } from "@/app/shell/PageHeader";
import { usePageTitle } from "@/app/title";
import { useT } from "@/i18n";
import { GeneratorPanel } from "./GeneratorPanel";

export function GeneratorPage() {
  const t = useT();
  usePageTitle(t("shell.generator"));
  return (
    <>
      <PageHeader title={t("shell.generator")} note={t("generator.note")} />
      <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:p-6">
        <div className="max-w-xl">
          <GeneratorPanel />
        </div>
      </div>
    </>
  );
}
