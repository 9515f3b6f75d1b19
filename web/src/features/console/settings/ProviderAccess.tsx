import { useState } from "react";
import { handleError } from "@/app/errors";
import { api } from "@/app/services";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Switch } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { useConsole } from "../scope";
import { useManagedBy } from "./useManagedBy";
import type { Settings } from "./useOrganization";

/** Whether the provider's staff reaches items. The organization's own owners decide; the staff is told. */
export function ProviderAccess({ settings }: { settings: Settings }) {
  const t = useT();
  const { organizationId, summary, by, name } = useConsole();
  const provider = useManagedBy();
  const [busy, setBusy] = useState(false);
  const open = summary.providerItemAccess ?? true;
  if (provider === null) {
    return null;
  }

  async function set(next: boolean) {
    setBusy(true);
    try {
      await settings.noted(await api.administration.setProviderAccess(organizationId, next));
      toast({
        title: t(next ? "orgSettings.providerIn" : "orgSettings.providerOut", { name, provider }),
        undo: { label: t("common.undo"), run: () => void set(!next) },
      });
    } catch (error) {
      handleError(error, t("settings.notSaved"));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Group title={t("orgSettings.provider")} text={t("orgSettings.providerText", { provider })}>
      {by.kind === "member" ? (
        <Switch
          label={t("orgSettings.providerSwitch", { provider })}
          hint={t("orgSettings.providerHint")}
          checked={open}
          disabled={busy}
          onChange={(next) => void set(next)}
        />
      ) : (
        <Callout>
          {t(open ? "orgSettings.providerIn" : "orgSettings.providerOut", { name, provider })}{" "}
          {t("orgSettings.providerOwners")}
        </Callout>
      )}
    </Group>
  );
}
