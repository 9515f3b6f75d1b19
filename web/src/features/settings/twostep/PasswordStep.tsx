import { type FormEvent, type ReactNode, useState } from "react";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";

type PasswordStepProps = {
  title: string;
  email: string;
  text: ReactNode;
  warning?: ReactNode;
  action: string;
  danger?: boolean;
  busy: boolean;
  error: string | undefined;
  onSubmit: (password: string) => void;
  onClose: () => void;
};

/** A dialog that goes on once the master password is typed. */
export function PasswordStep(props: PasswordStepProps) {
  const { title, email, text, warning, action, danger, busy, error, onSubmit, onClose } = props;
  const t = useT();
  const [password, setPassword] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (password !== "") {
      onSubmit(password);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={<span className="text-sm font-medium">{email}</span>}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="two-step-password"
            look={danger ? "danger" : "primary"}
            pending={busy}
            disabled={password === ""}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id="two-step-password" onSubmit={submit} noValidate className="flex flex-col gap-4">
        {warning ? <Callout mood="warn">{warning}</Callout> : null}
        <Field label={t("auth.masterPassword")} error={error}>
          <PasswordInput
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
