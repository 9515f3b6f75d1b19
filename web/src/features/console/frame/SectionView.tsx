import { ShieldAlert } from "lucide-react";
import { Suspense } from "react";
import { usePageTitle } from "@/app/title";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { useNarrow } from "@/ui/media";
import { EmptyState, SkeletonRows } from "@/ui/States";
import { type Tab, Tabs } from "@/ui/Tabs";
import { SectionLink, usePlace } from "../place";
import { useConsole } from "../scope";
import { type SectionId, sectionsFor } from "../sections";

/** The chosen section of the organization around; `tabs` where no rail lists the sections. */
export function SectionView({ tabs }: { tabs: boolean }) {
  const t = useT();
  const { rights, summary, name } = useConsole();
  const { section, go } = usePlace();
  const narrow = useNarrow();
  const open = sectionsFor(rights, summary);
  const current = open.find(({ id }) => id === section);
  usePageTitle(current ? t(`console.section.${current.id}`) : t("console.title"));
  const choices: Tab<SectionId>[] = open.map(({ id }) => ({ id, label: t(`console.section.${id}`) }));
  const Page = current?.page;
  return (
    <>
      {tabs || narrow ? (
        <div className="px-3 sm:px-5">
          <Tabs
            label={t("console.sections", { name })}
            tabs={choices}
            current={current?.id ?? "overview"}
            onChange={(next) => go(next)}
          />
        </div>
      ) : null}
      {summary.enabled ? null : (
        <div className="px-4 pt-3 sm:px-6">
          <Callout mood="warn" icon={<ShieldAlert />} title={t("console.disabledTitle", { name })}>
            {t("console.disabledText")}
          </Callout>
        </div>
      )}
      {Page ? (
        <Suspense fallback={<SkeletonRows />}>
          <Page />
        </Suspense>
      ) : (
        <EmptyState
          title={t("console.notYoursTitle")}
          action={
            <SectionLink section="overview" className="text-accent-text hover:underline">
              {t("console.toOverview")}
            </SectionLink>
          }
        >
          {t("console.notYoursText", { name })}
        </EmptyState>
      )}
    </>
  );
}
