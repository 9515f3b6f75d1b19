import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { NewClientAnswer, ProfileProvider } from "@/api";
import { explain } from "@/app/errors";
import { provider as acts } from "@/app/services";
import { InviteLink } from "@/features/invitation";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { keys } from "../data";

/** 17 Teams, 19 Enterprise, both by the month: what a provider can give to a new client. */
const plans = [17, 19] as const;
type PlanType = (typeof plans)[number];
type Draft = { name: string; ownerEmail: string; planType: PlanType; seats: number };

export function NewClientDialog({ provider, onClose }: { provider: ProfileProvider; onClose: () => void }) {
  const t = useT();
  const [made, setMade] = useState<NewClientAnswer | null>(null);
  return made ? (
    <Created made={made} onClose={onClose} />
  ) : (
    <Form provider={provider} onClose={onClose} onMade={setMade} title={t("provider.newClient")} />
  );
}

type FormProps = {
  provider: ProfileProvider;
  title: string;
  onClose: () => void;
  onMade: (made: NewClientAnswer) => void;
};

function Form({ provider, title, onClose, onMade }: FormProps) {
  const t = useT();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ name: "", ownerEmail: "", planType: 17, seats: 5 });
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const complete = draft.name.trim() !== "" && /^\S+@\S+$/.test(draft.ownerEmail.trim()) && draft.seats >= 1;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const made = await acts.createClient(provider.id, {
        ...draft,
        name: draft.name.trim(),
        ownerEmail: draft.ownerEmail.trim(),
        collectionName: t("client.defaultCollection"),
      });
      await queries.invalidateQueries({ queryKey: keys.clients(provider.id) });
      onMade(made);
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={<ProviderLine provider={provider} />}
      title={title}
      description={t("provider.newClientText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="new-client" look="primary" pending={busy} disabled={!complete}>
            {busy ? t("provider.creating") : t("provider.create")}
          </Button>
        </>
      }
    >
      <form
        id="new-client"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        {error ? (
          <div role="alert">
            <Callout mood="bad" title={t("provider.notCreated")}>
              {error}
            </Callout>
          </div>
        ) : null}
        <Field label={t("provider.clientName")}>
          <div className="flex items-center gap-2.5">
            <Input
              autoFocus
              maxLength={50}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
          </div>
        </Field>
        <Field label={t("provider.ownerEmail")} hint={t("provider.ownerEmailHint")}>
          <Input
            type="email"
            maxLength={256}
            value={draft.ownerEmail}
            onChange={(event) => setDraft({ ...draft, ownerEmail: event.target.value })}
          />
        </Field>
        <PlanChoice value={draft.planType} onChange={(planType) => setDraft({ ...draft, planType })} />
        <Field label={t("provider.seats")} hint={t("provider.seatsHint")}>
          <Input
            type="number"
            className="!w-28"
            min={1}
            value={draft.seats || ""}
            onChange={(event) =>
              setDraft({ ...draft, seats: Math.max(0, Math.floor(Number(event.target.value))) })
            }
          />
        </Field>
      </form>
    </Dialog>
  );
}

function ProviderLine({ provider }: { provider: ProfileProvider }) {
  return (
    <span className="flex items-center gap-2 text-sm text-muted">
      <Avatar size="sm" seed={provider.id} name={provider.name} />
      {provider.name}
    </span>
  );
}

function PlanChoice({ value, onChange }: { value: PlanType; onChange: (plan: PlanType) => void }) {
  const t = useT();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("provider.plan")}</legend>
      <div className="grid grid-cols-2 gap-2.5">
        {plans.map((plan) => (
          <label
            key={plan}
            className={cx(
              "flex cursor-pointer items-start gap-2.5 rounded-lg border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
              value === plan ? "border-accent-text bg-accent-soft" : "border-line hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="plan"
              className="mt-0.5 size-4 accent-accent"
              checked={value === plan}
              onChange={() => onChange(plan)}
            />
            <span>
              <span className="block font-medium">{t(`provider.planName.${plan}`)}</span>
              <span className="block text-sm text-muted">{t(`provider.planText.${plan}`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Created({ made, onClose }: { made: NewClientAnswer; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  function openClient() {
    onClose();
    void navigate({
      to: "/providers/$providerId/clients/$organizationId/$tab",
      params: { providerId: made.providerId, organizationId: made.organizationId, tab: "people" },
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      scope={
        <span className="flex items-center gap-2 text-sm font-medium">
          <Avatar size="sm" seed={made.organizationId} name={made.organizationName} />
          {made.organizationName}
        </span>
      }
      title={t("provider.createdTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.done")}</Button>
          <Button look="primary" onClick={openClient}>
            {t("provider.openClient")}
          </Button>
        </>
      }
    >
      <InviteLink organizationId={made.organizationId} memberId={made.ownerMemberId} />
    </Dialog>
  );
}
