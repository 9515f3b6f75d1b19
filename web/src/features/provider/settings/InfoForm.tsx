import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Provider } from "@/api";
import { api, vault } from "@/app/services";
import { isAddress } from "@/features/provider/bulk/invitations";
import { Group, SettingsForm, useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Field, Input } from "@/ui/Field";
import { keys } from "../data";
import { usePortal } from "../scope";

/** What the provider is called, and where its bills go. */
export function InfoForm({ record }: { record: Provider }) {
  const t = useT();
  const queries = useQueryClient();
  const { providerId } = usePortal();
  const [draft, setDraft] = useState({
    name: record.name ?? "",
    businessName: record.businessName ?? "",
    billingEmail: record.billingEmail ?? "",
  });
  const act = useAct();
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const changed =
    draft.name.trim() !== (record.name ?? "") ||
    draft.businessName.trim() !== (record.businessName ?? "") ||
    draft.billingEmail.trim() !== (record.billingEmail ?? "");
  const complete = draft.name.trim() !== "" && isAddress(draft.billingEmail.trim());

  async function save() {
    await act.run(
      async () => {
        const answer = await api.fleet.update(providerId, {
          name: draft.name.trim(),
          businessName: draft.businessName.trim() || null,
          billingEmail: draft.billingEmail.trim(),
        });
        queries.setQueryData(keys.record(providerId), answer);
        // The name stands in the rail, in badges and in front of every client.
        await vault.sync();
      },
      t("providerSettings.saved", { name: draft.name.trim() }),
    );
  }

  return (
    <Group title={t("providerSettings.info")} text={t("providerSettings.infoText")}>
      <SettingsForm
        action={t("common.save")}
        busy={act.busy}
        error={act.error}
        ready={changed && complete}
        onSubmit={() => void save()}
      >
        <Field label={t("auth.providerName")} hint={t("auth.providerNameHint")}>
          <Input maxLength={50} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t("providerSettings.businessName")} hint={t("providerSettings.businessHint")}>
          <Input
            maxLength={50}
            value={draft.businessName}
            onChange={(event) => set({ businessName: event.target.value })}
          />
        </Field>
        <Field label={t("auth.billingEmail")} hint={t("providerSettings.billingHint")}>
          <Input
            type="email"
            maxLength={256}
            value={draft.billingEmail}
            onChange={(event) => set({ billingEmail: event.target.value })}
          />
        </Field>
      </SettingsForm>
    </Group>
  );
}
