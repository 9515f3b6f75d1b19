import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, Suspense, useMemo } from "react";
import { useVault } from "@/app/hooks";
import { usePageTitle } from "@/app/title";
import { useT } from "@/i18n";
import { useNarrow } from "@/ui/media";
import { EmptyState, SkeletonRows } from "@/ui/States";
import { type Tab, Tabs } from "@/ui/Tabs";
import { PortalLink, usePortalPlace } from "../place";
import { type PortalScope, PortalScopeProvider, usePortal } from "../scope";
import { isAdmin, mayEnter, type SectionId, sectionsFor } from "../sections";
import { PortalHead } from "./PortalHead";
import { ProviderBadge } from "./ProviderBadge";
import { SuspendedBand } from "./SuspendedBand";

/** The provider that one works for: one of its sections, for those who may see it. */
export function ProviderPortal() {
  const t = useT();
  const { providerId } = useParams({ from: "/shell/providers/$providerId/$section" });
  const provider = useVault((state) => state.providers).find((candidate) => candidate.id === providerId);
  const scope = useMemo<PortalScope | null>(
    () =>
      provider?.status === 2
        ? {
            providerId,
            name: provider.name,
            provider,
            admin: isAdmin(provider),
            badge: <ProviderBadge providerId={providerId} name={provider.name} />,
          }
        : null,
    [provider, providerId],
  );
  usePageTitle(t("shell.providerPortal"));
  if (!scope) {
    return <Closed title={t("portal.goneTitle")}>{t("portal.goneText")}</Closed>;
  }
  if (!mayEnter(scope.provider)) {
    return (
      <Closed title={t("portal.suspendedTitle", { name: scope.name })}>
        {t("portal.suspendedForStaff")}
      </Closed>
    );
  }
  return (
    <PortalScopeProvider scope={scope}>
      <SectionView key={providerId} />
    </PortalScopeProvider>
  );
}

/** Nothing here is for this person: why, and the way out. */
function Closed({ title, children }: { title: string; children: ReactNode }) {
  const t = useT();
  return (
    <EmptyState
      title={title}
      action={
        <Link to="/vault" className="text-accent-text hover:underline">
          {t("errors.missingAction")}
        </Link>
      }
    >
      {children}
    </EmptyState>
  );
}

function SectionView() {
  const t = useT();
  const narrow = useNarrow();
  const { provider, name } = usePortal();
  const { section, go } = usePortalPlace();
  const open = sectionsFor(provider);
  const current = open.find(({ id }) => id === section);
  const choices: Tab<SectionId>[] = open.map(({ id }) => ({ id, label: t(`portal.section.${id}`) }));
  const Page = current?.page;
  const [first] = open;
  usePageTitle(current ? t(`portal.section.${current.id}`) : t("shell.providerPortal"));
  return (
    <>
      {provider.enabled ? null : <SuspendedBand />}
      {narrow && choices.length > 1 ? (
        <div className="px-3 pt-1">
          <Tabs
            label={t("portal.sections", { name })}
            tabs={choices}
            current={current?.id ?? choices[0]?.id ?? "overview"}
            onChange={(next) => go(next)}
          />
        </div>
      ) : null}
      {Page ? (
        <Suspense fallback={<SkeletonRows />}>
          <Page />
        </Suspense>
      ) : (
        <>
          <PortalHead title={t("shell.providerPortal")} />
          <EmptyState
            title={t(provider.enabled ? "portal.notYoursTitle" : "portal.restsTitle")}
            action={
              first ? (
                <PortalLink section={first.id} className="text-accent-text hover:underline">
                  {t("portal.toSection", { section: t(`portal.section.${first.id}`) })}
                </PortalLink>
              ) : undefined
            }
          >
            {t(provider.enabled ? "portal.notYoursText" : "portal.restsText", { name })}
          </EmptyState>
        </>
      )}
    </>
  );
}
