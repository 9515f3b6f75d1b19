import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { AuthLayout, linkClass } from "@/features/auth/AuthLayout";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Failed } from "./ReceivePage";
import type { Receiving } from "./useReceiving";

type ProofProps = {
  receiving: Receiving;
  title: string;
  text: string;
  action: string;
  ready: boolean;
  onSubmit: () => Promise<void>;
  footer?: ReactNode;
  children: ReactNode;
};

/** One question, and what happens after it. */
function Proof({ receiving, title, text, action, ready, onSubmit, footer, children }: ProofProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready && !receiving.busy) {
      void onSubmit();
    }
  }
  const form = useRef<HTMLFormElement>(null);
  // After an answer the next thing is to type something else.
  useEffect(() => {
    if (!receiving.busy) {
      form.current?.querySelector("input")?.focus();
    }
  }, [receiving.busy]);
  return (
    <AuthLayout title={title} intro={text} footer={footer}>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Failed error={receiving.error} />
        {children}
        <Button type="submit" look="primary" pending={receiving.busy} disabled={!ready}>
          {action}
        </Button>
      </form>
    </AuthLayout>
  );
}

export function PasswordForm({ receiving, wrong }: { receiving: Receiving; wrong: boolean }) {
  const t = useT();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState<string>();
  return (
    <Proof
      receiving={receiving}
      title={t("receive.passwordTitle")}
      text={t("receive.passwordText")}
      action={t("receive.open")}
      ready={password !== ""}
      onSubmit={() => {
        setTried(password);
        return receiving.prove(password);
      }}
    >
      <Field
        label={t("receive.password")}
        error={wrong && !receiving.busy && tried === password ? t("receive.passwordWrong") : undefined}
      >
        <PasswordInput
          autoFocus
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
    </Proof>
  );
}

export function AddressForm({ receiving }: { receiving: Receiving }) {
  const t = useT();
  const [email, setEmail] = useState("");
  const [malformed, setMalformed] = useState(false);
  return (
    <Proof
      receiving={receiving}
      title={t("receive.emailTitle")}
      text={t("receive.emailText")}
      action={t("receive.sendCode")}
      ready={email.trim() !== ""}
      onSubmit={async () => {
        const whole = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
        setMalformed(!whole);
        if (whole) {
          await receiving.requestCode(email.trim().toLowerCase());
        }
      }}
    >
      <Field label={t("common.email")} error={malformed ? t("receive.emailMalformed") : undefined}>
        <Input
          type="email"
          autoFocus
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
    </Proof>
  );
}

type CodeFormProps = { receiving: Receiving; email: string; wrong: boolean };

export function CodeForm({ receiving, email, wrong }: CodeFormProps) {
  const t = useT();
  const [code, setCode] = useState("");
  return (
    <Proof
      receiving={receiving}
      title={t("receive.codeTitle")}
      text={t("receive.codeText", { email })}
      action={t("receive.open")}
      ready={code.trim() !== ""}
      onSubmit={() => receiving.enterCode(email, code.trim())}
      footer={
        <span className="flex flex-wrap justify-center gap-x-5 gap-y-2">
          <button
            type="button"
            className={linkClass}
            disabled={receiving.busy}
            onClick={() => {
              setCode("");
              void receiving.requestCode(email);
            }}
          >
            {t("receive.anotherCode")}
          </button>
          <button type="button" className={linkClass} onClick={() => receiving.go({ kind: "email" })}>
            {t("receive.otherAddress")}
          </button>
        </span>
      }
    >
      <Field label={t("receive.code")} error={wrong && !receiving.busy ? t("receive.codeWrong") : undefined}>
        <Input
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          className="font-mono tracking-widest"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
    </Proof>
  );
}
