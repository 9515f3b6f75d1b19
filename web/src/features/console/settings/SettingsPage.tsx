import type { ReactNode } from "react";
import type { Organization } from "@/api";
import { explain } from "@/app/errors";
import { Group } from "@/features/settings/parts";
import { StorageMeter } from "@/features/storage";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { PageHead } from "../frame/PageHead";
import { useConsole } from "../scope";
import { ApiKeySection } from "./ApiKeySection";
import { CollectionRules } from "./CollectionRules";
import { DangerZone } from "./DangerZone";
import { DomainsSection } from "./DomainsSection";
import { Identity } from "./Identity";
import { InfoForm } from "./InfoForm";
import { ProviderAccess } from "./ProviderAccess";
import { useOrganization, useSettings } from "./useOrganization";

/** What concerns the organization as a whole. */
export function OrganizationSettingsPage() {
  const t = useT();
  const { organizationId, rights, summary } = useConsole();
  const owner = rights.can("manageOrganization");
  const domains = rights.can("manageDomains") && summary.useOrganizationDomains === true;
  return (
    <>
      <PageHead title={t("console.section.settings")} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-10 sm:px-6">
        <div className="flex max-w-2xl flex-col gap-10">
          {owner ? <Loaded>{(organization) => <OwnersPart organization={organization} />}</Loaded> : null}
          <Group title={t("attachment.storageTitle")} text={t("attachment.storageOrganization")}>
            <StorageMeter organizationId={organizationId} />
          </Group>
          {domains ? <DomainsSection /> : null}
          <DangerZone />
        </div>
      </div>
    </>
  );
}

function Loaded({ children }: { children: (organization: Organization) => ReactNode }) {
  const t = useT();
  const { name } = useConsole();
  const organization = useOrganization();
  if (organization.data) {
    return children(organization.data);
  }
  return organization.isError ? (
    <ErrorState
      title={t("orgSettings.failed", { name })}
      action={<Button onClick={() => void organization.refetch()}>{t("common.tryAgain")}</Button>}
    >
      {explain(organization.error, t)}
    </ErrorState>
  ) : (
    <SkeletonRows count={4} />
  );
}

function OwnersPart({ organization }: { organization: Organization }) {
  const { summary } = useConsole();
  const settings = useSettings(organization);
  return (
    <>
      <InfoForm key={`info ${settings.round}`} settings={settings} />
      <Identity />
      {summary.useApi ? <ApiKeySection /> : null}
      <CollectionRules key={`rules ${settings.round}`} settings={settings} />
      <ProviderAccess settings={settings} />
    </>
  );
}
