import { Link, useParams } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { useVault } from "@/app/hooks";
import { clientVault, vault } from "@/app/services";
import { useT } from "@/i18n";
import { EmptyState } from "@/ui/States";
import { staffRights } from "../rights";
import { type ConsoleScope, ConsoleScopeProvider } from "../scope";
import { Band, OrganizationBadge } from "./Band";
import { ClientSwitch } from "./ClientSwitch";
import { SectionView } from "./SectionView";

/** A client of the provider that one works for. */
export function ClientConsole() {
  const t = useT();
  const { providerId, organizationId } = useParams({
    from: "/shell/providers/$providerId/clients/$organizationId/$tab",
  });
  const provider = useVault((state) => state.providers).find((candidate) => candidate.id === providerId);
  const client = useVault((state) => state.providerOrganizations).find(
    (candidate) => candidate.id === organizationId && candidate.providerId === providerId,
  );
  const scope = useMemo<ConsoleScope | null>(
    () =>
      provider && client
        ? {
            organizationId,
            name: client.name,
            summary: client,
            rights: staffRights(client),
            by: { kind: "provider", providerId, providerName: provider.name },
            badge: <OrganizationBadge organizationId={organizationId} name={client.name} />,
            store: clientVault(organizationId),
            key: () => vault.clientKey(organizationId),
          }
        : null,
    [provider, client, providerId, organizationId],
  );
  if (!(scope && provider)) {
    return (
      <EmptyState
        title={t("client.goneTitle")}
        action={
          <Link to="/providers/$providerId/$section" params={{ providerId, section: "clients" }}>
            {t("client.backToClients")}
          </Link>
        }
      >
        {t("client.goneText")}
      </EmptyState>
    );
  }
  return (
    <ConsoleScopeProvider scope={scope}>
      <Band
        organizationId={organizationId}
        name={scope.name}
        above={
          <nav aria-label={t("client.path")} className="flex items-center gap-1 text-sm text-muted">
            <Link
              to="/providers/$providerId/$section"
              params={{ providerId, section: "clients" }}
              className="rounded hover:text-text hover:underline"
            >
              {t("shell.clients")}
            </Link>
            <ChevronRight className="size-3.5" aria-hidden />
            <span className="truncate">{t("client.asProvider", { name: provider.name })}</span>
          </nav>
        }
        aside={<ClientSwitch providerId={providerId} organizationId={organizationId} />}
      />
      <SectionView key={organizationId} tabs />
    </ConsoleScopeProvider>
  );
}
