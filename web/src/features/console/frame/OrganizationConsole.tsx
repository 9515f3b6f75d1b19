import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useVault } from "@/app/hooks";
import { organizationVault, vault } from "@/app/services";
import { useT } from "@/i18n";
import { EmptyState } from "@/ui/States";
import { mayAdminister, memberRights } from "../rights";
import { type ConsoleScope, ConsoleScopeProvider } from "../scope";
import { Band, OrganizationBadge } from "./Band";
import { SectionView } from "./SectionView";

/** An organization of which one is a member with something to administer. */
export function OrganizationConsole() {
  const t = useT();
  const { organizationId } = useParams({ from: "/shell/organizations/$organizationId/$section" });
  const organization = useVault((state) => state.organizations).find(
    (candidate) => candidate.id === organizationId && mayAdminister(candidate),
  );
  const scope = useMemo<ConsoleScope | null>(
    () =>
      organization
        ? {
            organizationId,
            name: organization.name,
            summary: organization,
            rights: memberRights(organization),
            by: { kind: "member", memberId: organization.organizationUserId },
            badge: <OrganizationBadge organizationId={organizationId} name={organization.name} />,
            store: organizationVault(organizationId),
            key: () => vault.organizationKey(organizationId),
          }
        : null,
    [organization, organizationId],
  );
  if (!(scope && organization)) {
    return (
      <EmptyState
        title={t("console.goneTitle")}
        action={<Link to="/vault">{t("errors.missingAction")}</Link>}
      >
        {t("console.goneText")}
      </EmptyState>
    );
  }
  const { providerName } = organization;
  return (
    <ConsoleScopeProvider scope={scope}>
      <Band
        organizationId={organizationId}
        name={scope.name}
        above={
          <p className="truncate text-sm text-muted">
            {providerName ? t("console.managedBy", { name: providerName }) : t("console.title")}
          </p>
        }
      />
      <SectionView key={organizationId} tabs={false} />
    </ConsoleScopeProvider>
  );
}
