import { Link, useParams } from "@tanstack/react-router";
import { type ComponentType, useEffect, useRef } from "react";
import { PageHeader } from "@/app/shell/PageHeader";
import { usePageTitle } from "@/app/title";
import { useT } from "@/i18n";
import { AppearanceSection } from "./AppearanceSection";
import { DangerSection } from "./DangerSection";
import { DataSection } from "./DataSection";
import { DevicesSection } from "./DevicesSection";
import { KeysSection } from "./KeysSection";
import { ProfileSection } from "./ProfileSection";
import { SecuritySection } from "./SecuritySection";

const sections = ["profile", "security", "keys", "devices", "appearance", "data", "danger"] as const;
type Section = (typeof sections)[number];

const pages: Record<Section, ComponentType> = {
  profile: ProfileSection,
  security: SecuritySection,
  keys: KeysSection,
  devices: DevicesSection,
  appearance: AppearanceSection,
  data: DataSection,
  danger: DangerSection,
};

export function SettingsPage() {
  const t = useT();
  const { section } = useParams({ from: "/shell/settings/$section" });
  const current = sections.find((candidate) => candidate === section) ?? "profile";
  const Page = pages[current];
  const menu = useRef<HTMLElement>(null);
  // On a phone the menu is wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another link
  useEffect(() => {
    menu.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  usePageTitle(t("shell.settings"));
  return (
    <>
      <PageHeader title={t("shell.settings")} />
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <nav
          ref={menu}
          aria-label={t("shell.settings")}
          className="flex shrink-0 gap-0.5 border-line p-2 max-sm:overflow-x-auto max-sm:border-b sm:w-52 sm:flex-col sm:border-r sm:p-3"
        >
          {sections.map((id) => (
            <Link
              key={id}
              to="/settings/$section"
              params={{ section: id }}
              aria-current={id === current ? "page" : undefined}
              className="flex h-8 shrink-0 items-center rounded-lg px-2.5 whitespace-nowrap hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text"
            >
              {t(`settings.section.${id}`)}
            </Link>
          ))}
        </nav>
        <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:p-8">
          <div className="flex max-w-xl flex-col gap-8">
            <Page key={current} />
          </div>
        </div>
      </div>
    </>
  );
}
