import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, session, vault } from "@/app/services";
import { Group, useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { useClients } from "../data";
import { PortalLink } from "../place";
import { usePortal } from "../scope";

const few = 5;

/** Deleting the provider; not while there are clients that it looks after. */
export function DangerZone() {
  const t = useT();
  const { providerId, name, provider } = usePortal();
  const clients = useClients(providerId).data ?? [];
  const [asking, setAsking] = useState(false);
  return (
    <Group title={t("providerSettings.danger")}>
      <div className="flex flex-col gap-3 rounded-xl border border-bad/40 px-4 py-3">
        <div className="flex flex-wrap items-center gap-3">
          <span className="min-w-0 flex-1 basis-60 text-muted">
            {t("providerSettings.deleteText", { name })}
          </span>
          <Button className="text-bad" disabled={clients.length > 0} onClick={() => setAsking(true)}>
            {t("providerSettings.delete")}
          </Button>
        </div>
        {clients.length > 0 ? (
          <Callout
            title={t("providerSettings.hasClients", { count: clients.length })}
            action={
              provider.enabled ? (
                <PortalLink
                  section="clients"
                  className="shrink-0 font-medium text-accent-text hover:underline"
                >
                  {t("providerSettings.toClients")}
                </PortalLink>
              ) : undefined
            }
          >
            {clients
              .slice(0, few)
              .map(({ organizationName }) => organizationName)
              .join(", ")}
            {clients.length > few ? ` ${t("bulkwork.andMore", { count: clients.length - few })}` : null}
          </Callout>
        ) : null}
      </div>
      {asking ? <DeleteDialog onClose={() => setAsking(false)} /> : null}
    </Group>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const { providerId, name, badge } = usePortal();
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const act = useAct();
  const ready = typed.trim() === name.trim() && password !== "";

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) {
      return;
    }
    await act.run(
      async () => {
        await api.fleet.remove(providerId, { masterPasswordHash: await session.passwordHash(password) });
        await navigate({ to: "/vault" });
        await vault.sync();
      },
      t("providerSettings.deleted", { name }),
    );
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("providerSettings.deleteTitle", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="delete-provider" look="danger" pending={act.busy} disabled={!ready}>
            {t("providerSettings.delete")}
          </Button>
        </>
      }
    >
      <form
        id="delete-provider"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <Callout mood="bad">{t("providerSettings.deleteConsequence")}</Callout>
        <Field label={t("providerSettings.typeName", { name })}>
          <Input autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Field label={t("auth.masterPassword")} error={act.error}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
