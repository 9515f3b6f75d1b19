import { useState } from "react";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { AuthLayout, linkClass } from "./AuthLayout";
import { NewPasswordFields, type NewPasswordProblem, noPassword, problemOf } from "./NewPasswordFields";
import { RulesNote, useKeepsRules } from "./RulesNote";
import { rulesOf } from "./rules";

type TemporaryPasswordPageProps = {
  email: string;
  /** It is the person's own, but falls short of what an organization asks for. */
  weak: boolean;
};

/** An administrator knows the password that somebody logged in with: before all else it becomes their own. */
export function TemporaryPasswordPage({ email, weak }: TemporaryPasswordPageProps) {
  const t = useT();
  const rules = rulesOf(useVault((state) => state.policies));
  const [password, setPassword] = useState("");
  const [fresh, setFresh] = useState(noPassword);
  const [problem, setProblem] = useState<NewPasswordProblem | null>(null);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const keeps = useKeepsRules(fresh.password, [email], rules);

  async function change() {
    const found = problemOf(fresh);
    setProblem(found);
    if (found) {
      return;
    }
    if (fresh.password === password) {
      setError(t(weak ? "weakPassword.same" : "temporaryPassword.same"));
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const { hint } = fresh;
      const change = { password, newPassword: fresh.password, ...(hint && { hint }) };
      await (weak ? session.changePassword(change) : session.replaceTemporaryPassword(change));
      await vault.sync();
    } catch (caught) {
      setError(explain(caught, t));
      setBusy(false);
    }
  }

  return (
    <AuthLayout
      title={t(weak ? "weakPassword.title" : "temporaryPassword.title")}
      intro={t(weak ? "weakPassword.intro" : "temporaryPassword.intro", { email })}
      footer={
        <button type="button" className={linkClass} onClick={() => void session.logout("user")}>
          {t("auth.logoutInstead")}
        </button>
      }
    >
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <Field
          label={t(weak ? "weakPassword.given" : "temporaryPassword.given")}
          hint={t(weak ? "weakPassword.givenHint" : "temporaryPassword.givenHint")}
        >
          <PasswordInput
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <NewPasswordFields value={fresh} onChange={setFresh} problem={problem} related={[email]} />
        {rules ? <RulesNote password={fresh.password} related={[email]} rules={rules} /> : null}
        {error ? (
          <div role="alert">
            <Callout mood="bad">{error}</Callout>
          </div>
        ) : null}
        <Button
          type="submit"
          look="primary"
          pending={busy}
          disabled={password === "" || fresh.password === "" || !keeps}
        >
          {t(weak ? "weakPassword.action" : "temporaryPassword.action")}
        </Button>
      </form>
    </AuthLayout>
  );
}
