import { type FormEvent, useState } from "react";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Textarea } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import { useDecided } from "./useOwnBaseline";
import { nameOfSubject } from "./words";

type DeviateDialogProps = { subject: string; provider: string; onClose: () => void };

/** An owner says why the organization does otherwise than its provider wants. */
export function DeviateDialog({ subject, provider, onClose }: DeviateDialogProps) {
  const t = useT();
  const { organizationId, badge } = useConsole();
  const decided = useDecided();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const name = nameOfSubject(subject, t);

  async function save(event: FormEvent) {
    event.preventDefault();
    // A form of the page around is not meant.
    event.stopPropagation();
    setBusy(true);
    setError(null);
    try {
      decided(await api.baselines.deviate(organizationId, subject, reason.trim()));
      toast({ title: t("governed.deviated", { subject: name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      changed={reason !== ""}
      scope={badge}
      title={t("governed.deviateTitle", { subject: name })}
      description={t("governed.deviateText", { provider })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="deviate-form"
            look="primary"
            pending={busy}
            disabled={reason.trim() === ""}
          >
            {t("governed.deviateAction")}
          </Button>
        </>
      }
    >
      <form
        id="deviate-form"
        noValidate
        onSubmit={(event) => void save(event)}
        className="flex flex-col gap-4"
      >
        {error ? <Refusal error={error} /> : null}
        <Field label={t("governed.reason")} hint={t("governed.reasonHint", { provider })}>
          <Textarea
            autoFocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
