import type { Provider } from "@/api";
import { explain } from "@/app/errors";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { useRecord } from "../data";
import { PortalHead } from "../frame/PortalHead";
import { PortalLink } from "../place";
import { usePortal } from "../scope";
import { DangerZone } from "./DangerZone";
import { InfoForm } from "./InfoForm";

/** What concerns the provider as a whole. */
export function SettingsPage() {
  const t = useT();
  const format = useFormat();
  const { providerId, name } = usePortal();
  const record = useRecord(providerId);
  return (
    <>
      <PortalHead
        title={t("portal.section.settings")}
        note={
          record.data
            ? t("providerSettings.since", { date: format.date(record.data.creationDate) })
            : "\u00A0"
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-5 pb-10 sm:px-6">
        <div className="flex max-w-2xl flex-col gap-10">
          {record.data ? (
            <InfoForm key={versionOf(record.data)} record={record.data} />
          ) : record.isError ? (
            <ErrorState
              title={t("providerSettings.failed", { name })}
              action={<Button onClick={() => void record.refetch()}>{t("common.tryAgain")}</Button>}
            >
              {explain(record.error, t)}
            </ErrorState>
          ) : (
            <SkeletonRows count={4} />
          )}
          <Group title={t("providerSettings.plans")} text={t("providerSettings.plansText")}>
            <PortalLink section="billing" className="font-medium text-accent-text hover:underline">
              {t("providerSettings.toBilling")}
            </PortalLink>
          </Group>
          <DangerZone />
        </div>
      </div>
    </>
  );
}

/** What was loaded anew and differs is a form of its own. */
const versionOf = ({ name, businessName, billingEmail }: Provider) =>
  JSON.stringify([name, businessName, billingEmail]);
