import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { NewClientAnswer } from "@/api";
import { explain } from "@/app/errors";
import { provider as acts } from "@/app/services";
import { InviteLink } from "@/features/invitation";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { usePlanSeats, useRefresh } from "../data";
import { usePortal } from "../scope";
import { SeatHints } from "./SeatHints";
import { type PlanSeats, seatsOf } from "./seats";

/** 17 Teams, 19 Enterprise, both by the month: what a provider can give to a new client. */
const plans = [17, 19] as const;
type PlanType = (typeof plans)[number];
type Draft = { name: string; ownerEmail: string; planType: PlanType; seats: string };
const empty: Draft = { name: "", ownerEmail: "", planType: 17, seats: "5" };

export function NewClientDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<NewClientAnswer | null>(null);
  return made ? <Created made={made} onClose={onClose} /> : <Form onClose={onClose} onMade={setMade} />;
}

type FormProps = { onClose: () => void; onMade: (made: NewClientAnswer) => void };

function Form({ onClose, onMade }: FormProps) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const refresh = useRefresh();
  const planSeats = usePlanSeats();
  const [draft, setDraft] = useState<Draft>(empty);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const seats = seatsOf(draft.seats);
  const complete = draft.name.trim() !== "" && /^\S+@\S+$/.test(draft.ownerEmail.trim()) && seats >= 1;
  const changed = draft.name !== "" || draft.ownerEmail !== "";

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!complete || busy) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const made = await acts.createClient(providerId, {
        planType: draft.planType,
        seats,
        name: draft.name.trim(),
        ownerEmail: draft.ownerEmail.trim(),
        collectionName: t("client.defaultCollection"),
      });
      await refresh();
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
      scope={badge}
      title={t("provider.newClient")}
      changed={changed}
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
        <PlanChoice
          value={draft.planType}
          planSeats={planSeats}
          onChange={(planType) => setDraft({ ...draft, planType })}
        />
        <Field label={t("provider.seats")} hint={t("provider.seatsHint")}>
          <Input
            inputMode="numeric"
            className="!w-28"
            value={draft.seats}
            onChange={(event) => setDraft({ ...draft, seats: event.target.value })}
          />
        </Field>
        <SeatHints
          plan={planSeats.find(({ type }) => type === draft.planType)}
          planName={t(`provider.planName.${draft.planType}`)}
          before={0}
          after={seats}
        />
      </form>
    </Dialog>
  );
}

type PlanChoiceProps = {
  value: PlanType;
  planSeats: readonly PlanSeats[];
  onChange: (plan: PlanType) => void;
};

/** A card for each plan that the provider may give to a client. */
function PlanChoice({ value, planSeats, onChange }: PlanChoiceProps) {
  const t = useT();
  const format = useFormat();
  const free = (plan: PlanType) => {
    const found = planSeats.find(({ type }) => type === plan);
    return found ? Math.max(0, found.seatMinimum - found.assigned) : 0;
  };
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("provider.plan")}</legend>
      <div className="grid grid-cols-2 gap-2.5 max-sm:grid-cols-1">
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
              {free(plan) > 0 ? (
                <span className="block text-sm text-good">
                  {t("clients.planFree", { free: format.number(free(plan)) })}
                </span>
              ) : null}
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
