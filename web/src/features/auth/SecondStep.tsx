import { type FormEvent, useState } from "react";
import { useSession } from "@/app/hooks";
import { useT } from "@/i18n";
import type { SecondStepAnswer } from "@/session";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Checkbox, Field, Input } from "@/ui/Field";
import { linkClass } from "./AuthLayout";

type SecondStepProps = {
  email: string;
  /** The kinds on offer, by their numbers. */
  providers: readonly string[];
  busy: boolean;
  error: string | undefined;
  onAnswer: (answer: SecondStepAnswer) => void;
  onBack: () => void;
};

const authenticator = "0";

/** The password was right; now the code of the authenticator app, or the recovery code for whoever has lost it. */
export function SecondStep({ email, providers, busy, error, onAnswer, onBack }: SecondStepProps) {
  const t = useT();
  const state = useSession();
  const known = providers.includes(authenticator);
  const [recovering, setRecovering] = useState(!known);
  const [code, setCode] = useState("");
  const [remember, setRemember] = useState(false);
  const [missing, setMissing] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const typed = code.replaceAll(/\s/g, "");
    setMissing(typed === "");
    if (typed !== "") {
      onAnswer(recovering ? { provider: 8, code: typed } : { provider: 0, code: typed, remember });
    }
  }

  function change() {
    setRecovering(!recovering);
    setCode("");
    setMissing(false);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <div className="flex items-center justify-between gap-3 rounded-lg bg-sunken px-3 py-2">
        <span className="truncate">{email}</span>
        <button type="button" onClick={onBack} className={linkClass}>
          {t("common.back")}
        </button>
      </div>
      {recovering ? (
        <Callout mood="warn">{t(known ? "auth.secondStep.recoveryText" : "auth.secondStep.unknown")}</Callout>
      ) : (
        <p className="text-muted">{t("auth.secondStep.text")}</p>
      )}
      <Field
        key={recovering ? "recovery" : "app"}
        label={t(recovering ? "auth.secondStep.recoveryCode" : "auth.secondStep.code")}
        error={missing ? t("auth.secondStep.missing") : error}
      >
        <Input
          inputMode={recovering ? "text" : "numeric"}
          autoComplete={recovering ? "off" : "one-time-code"}
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          className="font-mono"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      {recovering ? null : (
        <Checkbox
          label={t("auth.secondStep.remember")}
          hint={t("auth.secondStep.rememberHint")}
          checked={remember}
          onChange={(event) => setRemember(event.target.checked)}
        />
      )}
      <Button type="submit" look="primary" pending={busy}>
        {busy && state.status === "unlocking" ? t(`auth.step.${state.step}`) : t("auth.loginAction")}
      </Button>
      {known ? (
        <button type="button" onClick={change} className={`${linkClass} self-center`}>
          {t(recovering ? "auth.secondStep.useApp" : "auth.secondStep.useRecovery")}
        </button>
      ) : null}
    </form>
  );
}
