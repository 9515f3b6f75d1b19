import { useState } from "react";
import { type T, useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { OwnAccount } from "../OwnAccount";
import { ContentFields } from "./ContentFields";
import { LifetimeField } from "./LifetimeField";
import { MoreFields } from "./MoreFields";
import { ReadyActs, ReadySummary, readyText } from "./Ready";
import { Sending } from "./Sending";
import { type SendFormInput, type SendFormState, useSendForm } from "./useSendForm";
import { WhoFields } from "./WhoFields";

function titleOf({ edited, item, client }: SendFormInput, t: T): string {
  if (edited) {
    return t("send.editTitle", { name: edited.name });
  }
  if (item) {
    return t("send.createFromItem", { name: item.name });
  }
  return t(client ? "send.createForClient" : "send.createTitle");
}

/** One form for a new Send and for one that is changed; then the link is there to be copied. */
export function FormDialog(props: SendFormInput) {
  const { onClose } = props;
  const t = useT();
  const state = useSendForm(props);
  const { made, saving, stop, changed } = state;
  const [copied, setCopied] = useState(false);
  const running = saving.kind === "encrypting" || saving.kind === "sending";
  // The same dialog goes on, so that the focus stays in it and returns to where it came from.
  if (made) {
    return (
      <Dialog
        open
        onClose={onClose}
        scope={<OwnAccount />}
        title={t("send.ready.title")}
        description={readyText(made.form, t)}
        footer={<ReadyActs made={made} onCopied={() => setCopied(true)} onClose={onClose} />}
      >
        <ReadySummary made={made} copied={copied} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={() => {
        stop();
        onClose();
      }}
      changed={changed}
      running={running}
      stopText={t("send.stopText")}
      scope={<OwnAccount />}
      title={titleOf(props, t)}
      footer={
        running ? (
          <Button onClick={stop}>{t("send.stop")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="submit" form="send-form" look="primary" pending={state.busy}>
              {t(props.edited ? "common.save" : "send.create")}
            </Button>
          </>
        )
      }
    >
      <Form input={props} state={state} />
    </Dialog>
  );
}

function Form({ input, state }: { input: SendFormInput; state: SendFormState }) {
  const t = useT();
  const { form, file, problems, box, saving, busy, unsaved, set, choose, submit } = state;
  const part = { form, problems, edited: input.edited, rules: input.rules, onChange: set };
  return (
    <form
      id="send-form"
      ref={box}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          void submit(event);
        }
      }}
      className="flex flex-col gap-5"
    >
      <NotSaved unsaved={unsaved} />
      <Sending saving={saving} name={file?.name ?? ""} />
      <fieldset disabled={busy} className="flex min-w-0 flex-col gap-5">
        <legend className="sr-only">{titleOf(input, t)}</legend>
        <Belongs {...input} />
        <ContentFields {...part} file={file} item={input.item} onFile={choose} />
        <Field
          label={t("common.name")}
          hint={t("send.nameHint")}
          error={problems.name ? t("send.problem.name.missing") : undefined}
        >
          <Input value={form.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <LifetimeField {...part} />
        <WhoFields {...part} />
        <MoreFields {...part} />
      </fieldset>
    </form>
  );
}

function NotSaved({ unsaved }: Pick<SendFormState, "unsaved">) {
  const t = useT();
  switch (unsaved?.kind) {
    case "stopped":
      return (
        <div role="status">
          <Callout>{t("send.stopped")}</Callout>
        </div>
      );
    case "failed":
      return (
        <div role="alert">
          <Callout mood="bad" title={t("send.saveFailed")}>
            {unsaved.why}
          </Callout>
        </div>
      );
    case undefined:
      return null;
  }
}

/** Inside of a client it has to be said whose a Send is. */
function Belongs({ client, item }: SendFormInput) {
  const t = useT();
  if (!client && !item) {
    return null;
  }
  return (
    <Callout title={client ? t("send.clientName", { name: client.name }) : undefined}>
      {item ? <p>{t("send.itemNote")}</p> : null}
      {client ? <p>{t("send.clientNote", { name: client.name })}</p> : null}
    </Callout>
  );
}
