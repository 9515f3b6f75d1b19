import { LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { crypto, session } from "@/app/services";
import { linkClass } from "@/features/auth/AuthLayout";
import type { SecondStep as SecondStepForm } from "@/features/auth/SecondStep";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Phrase } from "./Phrase";
import { type Asking, useAsking } from "./useAsking";

type AskStepProps = {
  email: string;
  /** The form of the log-in page; brought along, or it would be loaded as a part of its own by everybody. */
  SecondStep: typeof SecondStepForm;
  onBack: () => void;
};

/** In the place of the password: another device of the same person lets this one in. */
export function AskStep({ email, SecondStep, onBack }: AskStepProps) {
  const t = useT();
  const { state, resend, answerSecondStep } = useAsking(email);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  function back() {
    // The key pair that waits for an answer is of no use any more.
    if (session.getSnapshot().status === "loggedOut") crypto.lock();
    onBack();
  }

  if (state.kind === "secondStep") {
    return (
      <SecondStep
        email={email}
        providers={state.providers}
        busy={state.busy}
        error={state.error}
        onAnswer={(answer) => void answerSecondStep(answer)}
        onBack={back}
      />
    );
  }
  const running = state.kind === "starting" || state.kind === "waiting" || state.kind === "opening";
  return (
    <section aria-labelledby="ask-title" className="flex flex-col gap-5">
      <div className="rounded-lg bg-sunken px-3 py-2">
        <span className="block truncate">{email}</span>
      </div>
      <div>
        <h2 id="ask-title" ref={heading} tabIndex={-1} className="text-md font-semibold outline-none">
          {t(running ? "device.askTitle" : "auth.loginByDevice")}
        </h2>
        {running ? <p className="mt-1 text-muted">{t("device.askText")}</p> : null}
      </div>
      {running ? (
        <div>
          <p className="text-sm font-medium">{t("device.phrase")}</p>
          <Phrase phrase={state.kind === "starting" ? undefined : state.phrase} />
          <p className="mt-1.5 text-sm text-muted">{t("device.askPhraseText")}</p>
        </div>
      ) : null}
      <div role="status" aria-live="polite">
        <StateOf state={state} />
      </div>
      <div className="flex flex-col gap-3">
        <Button
          look={running ? "secondary" : "primary"}
          disabled={state.kind === "starting" || state.kind === "opening"}
          onClick={resend}
        >
          {t(running ? "device.resend" : "device.askAgain")}
        </Button>
        <button type="button" onClick={back} className={`${linkClass} self-center`}>
          {t("device.usePassword")}
        </button>
      </div>
    </section>
  );
}

function StateOf({ state }: { state: Exclude<Asking, { kind: "secondStep" }> }) {
  const t = useT();
  const format = useFormat();
  switch (state.kind) {
    case "starting":
      return <Waiting>{t("device.starting")}</Waiting>;
    case "waiting":
      return <Waiting>{t("device.waiting", { time: format.time(state.until) })}</Waiting>;
    case "opening":
      return <Waiting>{t("device.opening")}</Waiting>;
    case "failed":
      return <Callout mood="bad">{state.text}</Callout>;
    default:
      return <Callout mood="warn">{t(`device.asked.${state.kind}`)}</Callout>;
  }
}

function Waiting({ children }: { children: string }) {
  return (
    <p className="flex items-start gap-2 text-sm">
      <LoaderCircle
        aria-hidden
        className="mt-px size-4 shrink-0 animate-spin text-accent-text motion-reduce:animate-none"
      />
      {children}
    </p>
  );
}
