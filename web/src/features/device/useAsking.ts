import { useEffect, useState } from "react";
import { ApiError, IdentityError } from "@/api";
import { explain } from "@/app/errors";
import { api, crypto, session } from "@/app/services";
import { currentT } from "@/i18n";
import type { SecondStepAnswer } from "@/session";
import { answerTo } from "./answer";
import { lifetime, newAccessCode } from "./standing";

type Approved = { readonly request: string; readonly accessCode: string; readonly key: string };

export type Asking =
  | { readonly kind: "starting" }
  | { readonly kind: "waiting"; readonly phrase: string; readonly until: string }
  | { readonly kind: "opening"; readonly phrase: string }
  | {
      readonly kind: "secondStep";
      readonly providers: readonly string[];
      readonly approved: Approved;
      readonly busy: boolean;
      readonly error?: string | undefined;
    }
  | { readonly kind: "denied" | "expired" | "unknown" }
  | { readonly kind: "failed"; readonly text: string };

/** Asks, waits, and logs in. The access code lives in here alone, the private key in the worker. */
async function ask(email: string, signal: AbortSignal, tell: (state: Asking) => void): Promise<void> {
  const accessCode = newAccessCode();
  const [requests, { publicKey, phrase }] = await Promise.all([api.authRequests(), crypto.askDevice(email)]);
  signal.throwIfAborted();
  const { deviceIdentifier } = session;
  const { id } = await requests.ask({ email, publicKey, deviceIdentifier, accessCode });
  signal.throwIfAborted();
  tell({ kind: "waiting", phrase, until: new Date(Date.now() + lifetime).toISOString() });
  const { openAnswerLine } = await import("@/sync/hub");
  const answer = await answerTo({
    response: (stop) => requests.response(id, accessCode, { signal: stop }),
    open: (answered, closed) => openAnswerLine(id, answered, closed),
    signal,
  });
  if (answer.kind !== "approved") {
    tell({ kind: answer.kind });
    return;
  }
  tell({ kind: "opening", phrase });
  await logIn(email, { request: id, accessCode, key: answer.key }, undefined, tell);
}

async function logIn(
  email: string,
  approved: Approved,
  secondStep: SecondStepAnswer | undefined,
  tell: (state: Asking) => void,
): Promise<void> {
  try {
    await session.loginApproved({ email, ...approved, ...(secondStep && { secondStep }) });
  } catch (caught) {
    tell(refusal(caught, approved));
  }
}

function refusal(caught: unknown, approved: Approved): Asking {
  if (caught instanceof IdentityError && caught.kind === "twoFactorRequired") {
    return { kind: "secondStep", providers: caught.providers, approved, busy: false };
  }
  // The answer was good for one log-in and for a quarter of an hour.
  if (caught instanceof IdentityError && caught.kind === "wrongPassword") return { kind: "expired" };
  const wrongCode = caught instanceof IdentityError && caught.kind === "twoFactorCodeWrong";
  const t = currentT();
  return { kind: "failed", text: wrongCode ? t("auth.secondStep.wrong") : explain(caught, t) };
}

/** The server says the same of devices and of accounts that it does not know. */
const isUnknown = (caught: unknown) => caught instanceof ApiError && caught.status === 400;

export function useAsking(email: string) {
  const [state, setState] = useState<Asking>({ kind: "starting" });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a request of its own
  useEffect(() => {
    const stop = new AbortController();
    const tell = (next: Asking) => !stop.signal.aborted && setState(next);
    tell({ kind: "starting" });
    ask(email, stop.signal, tell).catch((caught: unknown) =>
      tell(isUnknown(caught) ? { kind: "unknown" } : { kind: "failed", text: explain(caught, currentT()) }),
    );
    return () => stop.abort();
  }, [email, attempt]);

  async function answerSecondStep(answer: SecondStepAnswer) {
    if (state.kind !== "secondStep") return;
    const { providers, approved } = state;
    setState({ ...state, busy: true, error: undefined });
    await logIn(email, approved, answer, (next) => {
      const wrong = next.kind === "failed" && { error: next.text };
      setState(wrong ? { kind: "secondStep", providers, approved, busy: false, ...wrong } : next);
    });
  }

  return { state, resend: () => setAttempt(attempt + 1), answerSecondStep };
}
