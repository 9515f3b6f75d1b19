import { Link } from "@tanstack/react-router";
import { type FormEvent, startTransition, useState } from "react";
import { IdentityError } from "@/api";
import { AskStep } from "@/app/askingArea";
import { explain } from "@/app/errors";
import { useSession } from "@/app/hooks";
import { session } from "@/app/services";
import { useT } from "@/i18n";
import type { SecondStepAnswer } from "@/session";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { linkClass } from "./AuthLayout";
import { SecondStep } from "./SecondStep";

type LoginFormProps = {
  email: string;
  /** The address is given by an invitation and stays. */
  fixed?: boolean;
};

/** Asks for the address, then for the password. On success the session becomes unlocked; nothing else happens here. */
export function LoginForm({ email: given, fixed }: LoginFormProps) {
  const [email, setEmail] = useState(given);
  const [step, setStep] = useState<"email" | "password" | "device">(given ? "password" : "email");
  // The password's form stays until the other one is loaded.
  const go = (next: typeof step) => startTransition(() => setStep(next));
  if (step === "device")
    return <AskStep email={email} SecondStep={SecondStep} onBack={() => go("password")} />;
  return step === "email" ? (
    <EmailStep
      email={email}
      onDone={(next) => {
        setEmail(next);
        setStep("password");
      }}
    />
  ) : (
    <PasswordStep
      email={email}
      onDevice={() => go("device")}
      onBack={fixed ? undefined : () => setStep("email")}
    />
  );
}

function EmailStep({ email: given, onDone }: { email: string; onDone: (email: string) => void }) {
  const t = useT();
  const [email, setEmail] = useState(given);
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    const address = email.trim();
    if (!/^\S+@\S+$/.test(address)) {
      setError(t("auth.emailInvalid"));
      return;
    }
    onDone(address);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <Field label={t("common.email")} error={error}>
        <Input
          type="email"
          name="username"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Button type="submit" look="primary">
        {t("common.continue")}
      </Button>
    </form>
  );
}

type PasswordStepProps = { email: string; onDevice: () => void; onBack: (() => void) | undefined };

function PasswordStep({ email, onDevice, onBack }: PasswordStepProps) {
  const t = useT();
  const state = useSession();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [secondStep, setSecondStep] = useState<readonly string[]>();

  async function logIn(answer?: SecondStepAnswer) {
    setBusy(true);
    setError(undefined);
    try {
      await session.login({
        ...{ email, password },
        ...(code && { newDeviceOtp: code.trim() }),
        ...(answer && { secondStep: answer }),
      });
    } catch (caught) {
      setBusy(false);
      const kind = caught instanceof IdentityError ? caught.kind : null;
      if (caught instanceof IdentityError && caught.kind === "twoFactorRequired") {
        setSecondStep(caught.providers);
      } else if (kind === "newDevice") {
        setCode("");
      } else if (kind === "wrongPassword") {
        setSecondStep(undefined);
        setError(t("auth.wrongPassword"));
      } else {
        setError(kind === "twoFactorCodeWrong" ? t("auth.secondStep.wrong") : explain(caught, t));
      }
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (password) {
      void logIn();
    } else {
      setError(t("auth.passwordMissing"));
    }
  }

  if (secondStep) {
    return (
      <SecondStep
        email={email}
        providers={secondStep}
        busy={busy}
        error={error}
        onAnswer={(answer) => void logIn(answer)}
        onBack={() => {
          setSecondStep(undefined);
          setError(undefined);
        }}
      />
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <div className="flex items-center justify-between gap-3 rounded-lg bg-sunken px-3 py-2">
        <span className="truncate">{email}</span>
        {onBack ? (
          <button type="button" onClick={onBack} className={linkClass}>
            {t("auth.notYou")}
          </button>
        ) : null}
      </div>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label={t("auth.masterPassword")}
        error={error}
        aside={
          <Link to="/hint" search={{ email }} className={`${linkClass} text-sm`}>
            {t("auth.hintLink")}
          </Link>
        }
      >
        <PasswordInput
          name="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {code === undefined ? null : (
        <>
          <Callout mood="accent">{t("auth.newDevice", { email })}</Callout>
          <Field label={t("auth.newDeviceCode")}>
            <Input
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
        </>
      )}
      <Button type="submit" look="primary" pending={busy}>
        {busy && state.status === "unlocking" ? t(`auth.step.${state.step}`) : t("auth.loginAction")}
      </Button>
      <button type="button" onClick={onDevice} disabled={busy} className={`${linkClass} self-center`}>
        {t("auth.loginByDevice")}
      </button>
    </form>
  );
}
