import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { session } from "@/app/services";
import { useT } from "@/i18n";
import type { RegistrationProof } from "@/session";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { NewPasswordFields, type NewPasswordProblem, noPassword, problemOf } from "./NewPasswordFields";

type RegisterFormProps = {
  email: string;
  proof: RegistrationProof;
};

/** Makes the account on this machine, registers it and logs in. Afterwards the session is unlocked. */
export function RegisterForm({ email: given, proof }: RegisterFormProps) {
  const t = useT();
  const [email, setEmail] = useState(given);
  const [name, setName] = useState("");
  const [secret, setSecret] = useState(noPassword);
  const [problem, setProblem] = useState<NewPasswordProblem | null>(null);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = problemOf(secret);
    setProblem(found);
    if (found) {
      return;
    }
    setBusy(true);
    setError(undefined);
    const address = email.trim();
    try {
      await session.register({
        email: address,
        password: secret.password,
        proof,
        ...(secret.hint && { hint: secret.hint }),
        ...(name.trim() && { name: name.trim() }),
      });
      await session.login({ email: address, password: secret.password });
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <Field label={t("common.email")}>
        <Input
          type="email"
          name="username"
          autoComplete="username"
          readOnly={given !== ""}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field label={t("auth.yourName")} hint={t("auth.yourNameHint")}>
        <Input
          autoComplete="name"
          maxLength={50}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <NewPasswordFields value={secret} onChange={setSecret} problem={problem} related={[email, name]} />
      <Callout>{t("auth.noRecovery")}</Callout>
      {error ? (
        <div role="alert">
          <Callout mood="bad">{error}</Callout>
        </div>
      ) : null}
      <Button type="submit" look="primary" pending={busy}>
        {busy ? t("auth.creating") : t("auth.createAccount")}
      </Button>
    </form>
  );
}
