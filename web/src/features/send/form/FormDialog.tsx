import { type FormEvent, useEffect, useRef, useState } from "react";
import type { SendView } from "@/crypto/model/sends";
import type { CipherView } from "@/crypto/model/view";
import { type T, useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { draftOf, formOf, newForm, problemsOf, type SendForm } from "../model/form";
import type { SendRules } from "../model/rules";
import { OwnAccount } from "../OwnAccount";
import { ContentFields } from "./ContentFields";
import { LifetimeField } from "./LifetimeField";
import { MoreFields } from "./MoreFields";
import { type Made, ReadyActs, ReadySummary, readyText } from "./Ready";
import { Sending } from "./Sending";
import { useItemStart } from "./useItemStart";
import { useSaving } from "./useSaving";
import { WhoFields } from "./WhoFields";

type FormDialogProps = {
  edited: SendView | null;
  item: CipherView | null;
  client: { readonly name: string } | null;
  rules: SendRules;
  onClose: () => void;
};

function titleOf({ edited, item, client }: FormDialogProps, t: T): string {
  if (edited) {
    return t("send.editTitle", { name: edited.name });
  }
  if (item) {
    return t("send.createFromItem", { name: item.name });
  }
  return t(client ? "send.createForClient" : "send.createTitle");
}

/** One form for a new Send and for one that is changed. */
export function FormDialog(props: FormDialogProps) {
  const { edited, item, client, rules, onClose } = props;
  const t = useT();
  const itemStart = useItemStart(item);
  const [form, setForm] = useState<SendForm>(() =>
    edited
      ? formOf(edited)
      : newForm(rules, new Date(), {
          ...(client && { name: t("send.clientName", { name: client.name }) }),
          ...itemStart,
        }),
  );
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState(0);
  const [made, setMade] = useState<Made | null>(null);
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const { saving, error, save, stop } = useSaving();
  const changed = useChanged({ form, file: file?.name });
  const busy = saving.kind !== "idle";
  const problems = tried > 0 ? problemsOf({ form, file, edited, rules, now: new Date() }) : {};
  const set = (part: Partial<SendForm>) => setForm((before) => ({ ...before, ...part }));

  // Where something is missing is where to go on.
  useEffect(() => {
    if (tried > 0) {
      box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [tried]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const given = { form, file, edited, rules, now: new Date() };
    if (busy || Object.keys(problemsOf(given)).length > 0) {
      setTried(tried + 1);
      return;
    }
    const draft = draftOf(given, edited?.file?.name ?? file?.name ?? "");
    const id = await save(draft, edited, form.type === "file" ? file : null);
    if (id && edited) {
      toast({ title: t("send.saved") });
      onClose();
    } else if (id) {
      setMade({ id, form, deletionDate: draft.deletionDate });
    }
  }

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
      running={saving.kind === "encrypting" || saving.kind === "sending"}
      scope={<OwnAccount />}
      title={titleOf(props, t)}
      footer={
        saving.kind === "encrypting" || saving.kind === "sending" ? (
          <Button onClick={stop}>{t("send.stop")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="submit" form="send-form" look="primary" pending={busy}>
              {t(edited ? "common.save" : "send.create")}
            </Button>
          </>
        )
      }
    >
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
        {error ? (
          <div role="alert">
            <Callout mood="bad" title={t("send.saveFailed")}>
              {error}
            </Callout>
          </div>
        ) : null}
        <Sending saving={saving} name={file?.name ?? ""} />
        <fieldset disabled={busy} className="flex flex-col gap-5">
          <legend className="sr-only">{titleOf(props, t)}</legend>
          {client || item ? <Belongs client={client} item={item} /> : null}
          <ContentFields
            form={form}
            file={file}
            edited={edited}
            item={item}
            rules={rules}
            problems={problems}
            onChange={set}
            onFile={(next) => {
              setFile(next);
              if (next && form.name === "") {
                set({ name: next.name });
              }
            }}
          />
          <Field
            label={t("common.name")}
            hint={t("send.nameHint")}
            error={problems.name ? t("send.problem.name.missing") : undefined}
          >
            <Input value={form.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <LifetimeField form={form} edited={edited} rules={rules} problems={problems} onChange={set} />
          <WhoFields form={form} edited={edited} rules={rules} problems={problems} onChange={set} />
          <MoreFields form={form} edited={edited} rules={rules} problems={problems} onChange={set} />
        </fieldset>
      </form>
    </Dialog>
  );
}

/** Inside of a client it has to be said whose a Send is. */
function Belongs({ client, item }: Pick<FormDialogProps, "client" | "item">) {
  const t = useT();
  return (
    <Callout title={client ? t("send.clientName", { name: client.name }) : undefined}>
      {item ? <p>{t("send.itemNote")}</p> : null}
      {client ? <p>{t("send.clientNote", { name: client.name })}</p> : null}
    </Callout>
  );
}
