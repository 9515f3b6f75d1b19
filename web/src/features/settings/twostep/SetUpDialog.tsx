import { type FormEvent, useState } from "react";
import type { Proof } from "@/api/accounts";
import type { AuthenticatorSettings } from "@/api/twoFactor";
import { api, session } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { useAct } from "../useAct";
import { inFours, keyUri } from "./keyUri";
import { PasswordStep } from "./PasswordStep";
import { QrCode } from "./QrCode";
import { RecoveryCode } from "./RecoveryCode";

type SetUpDialogProps = { email: string; onEnabled: () => void; onClose: () => void };

type Step =
  | { readonly name: "password" }
  | { readonly name: "app"; readonly proof: Proof; readonly settings: AuthenticatorSettings }
  | { readonly name: "recovery"; readonly code: string };

/** Password, key for the app, first code, recovery code: in this order, so that nobody locks themselves out. */
export function SetUpDialog({ email, onEnabled, onClose }: SetUpDialogProps) {
  const t = useT();
  const [step, setStep] = useState<Step>({ name: "password" });
  const act = useAct();

  const begin = (password: string) =>
    act.run(async () => {
      const proof = { masterPasswordHash: await session.passwordHash(password) };
      setStep({ name: "app", proof, settings: await api.twoFactor.authenticator(proof) });
    });

  const finish = (code: string) =>
    act.run(async () => {
      if (step.name !== "app") {
        return;
      }
      await api.twoFactor.setAuthenticator(step.settings, code);
      onEnabled();
      setStep({ name: "recovery", code: (await api.twoFactor.recoveryCode(step.proof)) ?? "" });
    });

  if (step.name === "password") {
    return (
      <PasswordStep
        title={t("twoStep.setUp")}
        email={email}
        text={t("twoStep.passwordText")}
        action={t("common.continue")}
        busy={act.busy}
        error={act.error}
        onSubmit={(password) => void begin(password)}
        onClose={onClose}
      />
    );
  }
  if (step.name === "recovery") {
    return <RecoveryCode email={email} code={step.code} fresh onClose={onClose} />;
  }
  return (
    <AppStep
      email={email}
      secret={step.settings.key}
      busy={act.busy}
      error={act.error}
      onSubmit={(code) => void finish(code)}
      onClose={onClose}
    />
  );
}

type AppStepProps = {
  email: string;
  secret: string;
  busy: boolean;
  error: string | undefined;
  onSubmit: (code: string) => void;
  onClose: () => void;
};

function AppStep({ email, secret, busy, error, onSubmit, onClose }: AppStepProps) {
  const t = useT();
  const [code, setCode] = useState("");
  const typed = code.replaceAll(/\s/g, "");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== "") {
      onSubmit(typed);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={<span className="text-sm font-medium">{email}</span>}
      title={t("twoStep.setUp")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="two-step-app" look="primary" pending={busy} disabled={typed === ""}>
            {t("twoStep.turnOn")}
          </Button>
        </>
      }
    >
      <form id="two-step-app" onSubmit={submit} className="flex flex-col gap-4">
        <p>{t("twoStep.scan")}</p>
        <div className="flex flex-wrap items-center gap-5">
          <QrCode text={keyUri(secret, email, location.host)} label={t("twoStep.qr")} />
          <div className="min-w-0 flex-1 basis-48">
            <p className="text-sm text-muted">{t("twoStep.byHand")}</p>
            <p className="mt-1 flex items-start gap-1">
              <code className="py-1 font-mono text-sm break-words" data-testid="two-step-key">
                {inFours(secret)}
              </code>
              <CopyButton value={secret} label={t("twoStep.copyKey")} />
            </p>
          </div>
        </div>
        <Field label={t("twoStep.code")} hint={t("twoStep.codeHint")} error={error}>
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            className="font-mono sm:!w-48"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <Callout>{t("twoStep.nothingYet")}</Callout>
      </form>
    </Dialog>
  );
}
