import { api, vault } from "@/app/services";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useRefresh } from "../data";
import { usePortal } from "../scope";
import type { ClientRow } from "./row";
import { WriteDialog } from "./WriteDialog";

/** Suspends a client, or lets it work again. */
export function EnabledDialog({ client, onClose }: { client: ClientRow; onClose: () => void }) {
  const t = useT();
  const { providerId } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const which = client.enabled ? "suspend" : "resume";
  const { name, occupied } = client;

  async function save() {
    const saved = await act.run(
      () => api.clients.setEnabled(providerId, client.id, !client.enabled),
      t(`clients.${which}.done`, { name }),
    );
    if (saved) {
      onClose();
      await Promise.all([refresh(), vault.sync()]);
    }
  }

  return (
    <WriteDialog
      scope={<OrganizationBadge organizationId={client.organizationId} name={name} />}
      title={t(`clients.${which}.title`, { name })}
      action={t(`clients.${which}.action`)}
      danger={client.enabled}
      busy={act.busy}
      error={act.error}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        <li>{t(`clients.${which}.people`, { count: occupied })}</li>
        <li>{t(`clients.${which}.owners`)}</li>
        <li>{t(`clients.${which}.kept`)}</li>
      </ul>
    </WriteDialog>
  );
}
