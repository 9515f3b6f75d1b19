import { useState } from "react";
import { api } from "@/app/services";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import { useManagedBy } from "./useManagedBy";
import type { Settings } from "./useOrganization";

/** Its name, and where bills go: for a client, only its provider decides that. */
export function InfoForm({ settings }: { settings: Settings }) {
  const t = useT();
  const { organizationId, by } = useConsole();
  const provider = useManagedBy();
  const { known } = settings;
  const [name, setName] = useState(known.name);
  const [email, setEmail] = useState(known.billingEmail ?? "");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const lockedEmail = by.kind === "member" && provider !== null;
  const changed = name.trim() !== known.name || email.trim() !== (known.billingEmail ?? "");

  async function save() {
    setBusy(true);
    setError(null);
    try {
      const answer = await api.administration.update(organizationId, {
        name: name.trim(),
        billingEmail: lockedEmail ? null : email.trim(),
        lastKnownRevisionDate: known.revisionDate,
      });
      await settings.written(answer);
      toast({ title: t("orgSettings.saved", { name: answer.name }) });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Group title={t("orgSettings.info")}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error ? <Refusal error={error} onReload={() => void settings.reload()} /> : null}
        <Field label={t("orgSettings.name")}>
          <Input maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={t("orgSettings.billingEmail")}
          hint={lockedEmail ? t("orgSettings.billingByProvider", { provider }) : undefined}
        >
          <Input
            type="email"
            readOnly={lockedEmail}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Button
          type="submit"
          look="primary"
          className="self-start"
          pending={busy}
          disabled={!changed || name.trim() === ""}
        >
          {t("common.save")}
        </Button>
      </form>
    </Group>
  );
}
