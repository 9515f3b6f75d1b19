import { Link, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { AuthLayout, linkClass } from "./AuthLayout";

export function HintPage() {
  const t = useT();
  const given = useSearch({ from: "/hint" }).email ?? "";
  return (
    <MailRequest
      email={given}
      title={t("auth.hintTitle")}
      intro={t("auth.hintIntro")}
      action={t("auth.hintAction")}
      done={t("auth.hintDone")}
      request={(email) => api.accounts.passwordHint(email)}
    />
  );
}

type MailRequestProps = {
  email: string;
  title: string;
  intro: string;
  action: string;
  /** Said whether or not the address is known. */
  done: string;
  danger?: boolean;
  request: (email: string) => Promise<unknown>;
};

/** Asks for an address and has the server mail something to it. */
export function MailRequest({ email: given, title, intro, action, done, danger, request }: MailRequestProps) {
  const t = useT();
  const [email, setEmail] = useState(given);
  const [state, setState] = useState<"asking" | "busy" | "done">("asking");
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setState("busy");
    setError(undefined);
    try {
      await request(email.trim());
      setState("done");
    } catch (caught) {
      setState("asking");
      setError(explain(caught, t));
    }
  }

  return (
    <AuthLayout
      title={title}
      intro={state === "done" ? done : intro}
      footer={
        <Link to="/login" search={email ? { email } : {}} className={linkClass}>
          {t("auth.backToLogin")}
        </Link>
      }
    >
      {state === "done" ? null : (
        <form onSubmit={submit} noValidate className="flex flex-col gap-5">
          <Field label={t("common.email")} error={error}>
            <Input
              type="email"
              autoComplete="username"
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <Button
            type="submit"
            look={danger ? "danger" : "primary"}
            pending={state === "busy"}
            disabled={!email.includes("@")}
          >
            {action}
          </Button>
        </form>
      )}
    </AuthLayout>
  );
}
