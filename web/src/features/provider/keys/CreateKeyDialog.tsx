import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { NewProviderKey } from "@/api/providerKeys";
import { api, session } from "@/app/services";
import type { ClientId } from "@/crypto/model/ids";
import { CheckList } from "@/features/console/access/CheckList";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input, Select } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { useClients } from "../data";
import { ChoiceCard } from "../people/RoleFields";
import { usePortal } from "../scope";
import { keysOf } from "./KeysPage";
import { expiryOf, type Span, spans } from "./model";
import { NewSecret } from "./NewSecret";

type Draft = {
  readonly name: string;
  readonly allClients: boolean;
  readonly clientIds: readonly ClientId[];
  readonly mayWrite: boolean;
  readonly span: Span;
};

const blank: Draft = { name: "", allClients: true, clientIds: [], mayWrite: false, span: 365 };

/** A key with no more rights than its program needs; its secret is shown once, right after. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const { providerId, name, badge } = usePortal();
  const [draft, setDraft] = useState(blank);
  const [password, setPassword] = useState("");
  const [made, setMade] = useState<NewProviderKey | null>(null);
  const act = useAct();
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const ready =
    draft.name.trim() !== "" && password !== "" && (draft.allClients || draft.clientIds.length > 0);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) {
      return;
    }
    await act.run(async () => {
      const { name: label, allClients, clientIds, mayWrite, span } = draft;
      const key = await api.providerKeys.create(providerId, {
        name: label.trim(),
        allClients,
        clientIds: allClients ? [] : clientIds,
        mayWrite,
        expirationDate: expiryOf(span, new Date()),
        masterPasswordHash: await session.passwordHash(password),
      });
      setMade(key);
      await queries.invalidateQueries({ queryKey: keysOf(providerId) });
    });
  }

  if (made) {
    return <NewSecret made={made} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      changed={draft.name !== ""}
      scope={badge}
      title={t("providerKeys.createTitle", { name })}
      description={t("providerKeys.createText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="provider-key" look="primary" pending={act.busy} disabled={!ready}>
            {t("providerKeys.create")}
          </Button>
        </>
      }
    >
      <form
        id="provider-key"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-5"
      >
        {act.error ? (
          <div role="alert">
            <Callout mood="bad" title={t("providerKeys.notCreated")}>
              {act.error}
            </Callout>
          </div>
        ) : null}
        <Field label={t("common.name")} hint={t("providerKeys.nameHint")}>
          <Input
            autoFocus
            maxLength={50}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Rights value={draft.mayWrite} onChange={(mayWrite) => set({ mayWrite })} />
        <Scope draft={draft} onChange={set} />
        <Expires value={draft.span} onChange={(span) => set({ span })} />
        <Field label={t("auth.masterPassword")}>
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

function Rights({ value, onChange }: { value: boolean; onChange: (mayWrite: boolean) => void }) {
  const t = useT();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("providerKeys.rights")}</legend>
      <div className="flex flex-col gap-2">
        {([false, true] as const).map((mayWrite) => (
          <ChoiceCard
            key={String(mayWrite)}
            name="key-rights"
            checked={value === mayWrite}
            title={t(mayWrite ? "providerKeys.writes" : "providerKeys.reads")}
            text={t(mayWrite ? "providerKeys.writesText" : "providerKeys.readsText")}
            onChoose={() => onChange(mayWrite)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Scope({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const t = useT();
  const { providerId } = usePortal();
  const clients = useClients(providerId).data ?? [];
  return (
    <>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("staff.reach")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {([true, false] as const).map((allClients) => (
            <ChoiceCard
              key={String(allClients)}
              name="key-scope"
              checked={draft.allClients === allClients}
              title={t(allClients ? "staff.allClients" : "providerKeys.someClients")}
              text={t(allClients ? "staff.allText" : "providerKeys.someText")}
              onChoose={() => onChange({ allClients })}
            />
          ))}
        </div>
      </fieldset>
      {draft.allClients ? null : (
        <CheckList
          legend={t("staff.assigned")}
          choices={clients.map(({ id, organizationName }) => ({ id, name: organizationName }))}
          value={draft.clientIds}
          onChange={(clientIds) => onChange({ clientIds })}
          searchLabel={t("provider.searchClients")}
          empty={t("staff.noClients")}
        />
      )}
    </>
  );
}

function Expires({ value, onChange }: { value: Span; onChange: (span: Span) => void }) {
  const t = useT();
  const format = useFormat();
  const until = expiryOf(value, new Date());
  return (
    <Field
      label={t("providerKeys.expires")}
      hint={until ? t("providerKeys.goodUntil", { date: format.date(until) }) : t("providerKeys.neverHint")}
    >
      <Select
        value={String(value)}
        onChange={(event) => onChange(spans.find((span) => String(span) === event.target.value) ?? null)}
      >
        {spans.map((span) => (
          <option key={String(span)} value={String(span)}>
            {span === null ? t("common.never") : t("providerKeys.days", { count: span })}
          </option>
        ))}
      </Select>
    </Field>
  );
}
