import { type FormEvent, useState } from "react";
import type { Proof } from "@/api/accounts";
import { session } from "@/app/services";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { useConsole } from "../scope";

type TypedNameDialogProps = {
  title: string;
  text: string;
  action: string;
  /** Said when it is done. */
  done: string;
  run: (proof: Proof) => Promise<unknown>;
  onClose: () => void;
};

/** For the acts that nobody may do by mistake: the organization's name typed out, and the master password. */
export function TypedNameDialog({ title, text, action, done, run, onClose }: TypedNameDialogProps) {
  const t = useT();
  const { name, badge } = useConsole();
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const act = useAct();
  const ready = typed.trim() === name.trim() && password !== "";

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) {
      return;
    }
    const proven = async () => run({ masterPasswordHash: await session.passwordHash(password) });
    if (await act.run(proven, done)) {
      onClose();
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="typed-name" look="danger" pending={act.busy} disabled={!ready}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id="typed-name"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <Callout mood="bad">{text}</Callout>
        <Field label={t("danger.typeName", { name })}>
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
