import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { MailCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { GoTo } from "@/app/GoTo";
import { useSession } from "@/app/hooks";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { AuthLayout, linkClass } from "./AuthLayout";
import { RegisterForm } from "./RegisterForm";

/** The address first: the server mails a link, or, without mail, lets the browser go on at once. */
export function RegisterPage() {
  const t = useT();
  const given = useSearch({ from: "/register" }).email ?? "";
  const navigate = useNavigate();
  const [email, setEmail] = useState(given);
  const [error, setError] = useState<string>();
  const [state, setState] = useState<"asking" | "busy" | "mailed">("asking");
  const config = useQuery({ queryKey: ["config"], queryFn: () => api.config.config() });
  const mode = config.data?.kastellan?.registration;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setState("busy");
    setError(undefined);
    const address = email.trim();
    try {
      const token = await api.identity.sendVerificationEmail(address);
      if (token) {
        await navigate({ to: "/finish-signup", search: { token, email: address } });
        return;
      }
      setState("mailed");
    } catch (caught) {
      setState("asking");
      setError(explain(caught, t));
    }
  }

  if (state === "mailed") {
    return (
      <AuthLayout title={t("auth.mailedTitle")} intro={t("auth.mailedText", { email: email.trim() })}>
        <Callout icon={<MailCheck />}>{t("auth.mailedNote")}</Callout>
      </AuthLayout>
    );
  }
  const footer = (
    <>
      {t("auth.haveAccount")}{" "}
      <Link to="/login" className={linkClass}>
        {t("auth.loginAction")}
      </Link>
    </>
  );
  if (mode === "closed" || mode === "invitation") {
    return (
      <AuthLayout title={t("auth.registerTitle")} intro={t(`auth.registration.${mode}`)} footer={footer} />
    );
  }
  return (
    <AuthLayout title={t("auth.registerTitle")} intro={t("auth.registerIntro")} footer={footer}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Field
          label={t("common.email")}
          hint={mode === "domains" ? t("auth.registration.domains") : undefined}
          error={error}
        >
          <Input
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" pending={state === "busy"} disabled={!email.includes("@")}>
          {t("common.continue")}
        </Button>
      </form>
    </AuthLayout>
  );
}

export function FinishSignupPage() {
  const t = useT();
  const state = useSession();
  const { token, email } = useSearch({ from: "/finish-signup" });
  if (state.status === "unlocked") {
    return <GoTo href="/vault" />;
  }
  if (!(token && email)) {
    return <BrokenLink />;
  }
  return (
    <AuthLayout title={t("auth.finishTitle")} intro={t("auth.finishIntro")}>
      <RegisterForm email={email} proof={{ emailVerificationToken: token }} />
    </AuthLayout>
  );
}

/** A link that lacks what it needs, usually because a mail program broke it. */
export function BrokenLink() {
  const t = useT();
  return (
    <AuthLayout
      title={t("auth.brokenTitle")}
      intro={t("auth.brokenText")}
      footer={
        <Link to="/login" className={linkClass}>
          {t("auth.loginAction")}
        </Link>
      }
    />
  );
}
