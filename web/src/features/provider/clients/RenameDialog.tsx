import { useState } from "react";
import { api, vault } from "@/app/services";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Field, Input } from "@/ui/Field";
import { useRefresh } from "../data";
import { usePortal } from "../scope";
import { changeClient } from "./change";
import type { ClientRow } from "./row";
import { WriteDialog } from "./WriteDialog";

export function RenameDialog({ client, onClose }: { client: ClientRow; onClose: () => void }) {
  const t = useT();
  const { providerId } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const [name, setName] = useState(client.name);
  const wanted = name.trim();
  const changed = wanted !== client.name;

  async function save() {
    const saved = await act.run(
      () => changeClient(api, providerId, client.id, { name: wanted }),
      t("clients.rename.saved", { before: client.name, name: wanted }),
    );
    if (saved) {
      onClose();
      await Promise.all([refresh(), vault.sync()]);
    }
  }

  return (
    <WriteDialog
      scope={<OrganizationBadge organizationId={client.organizationId} name={client.name} />}
      title={t("clients.rename.title")}
      description={t("clients.rename.text")}
      action={t("common.save")}
      busy={act.busy}
      error={act.error}
      ready={wanted !== "" && changed}
      changed={changed}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("provider.clientName")}>
        <Input autoFocus maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </WriteDialog>
  );
}
