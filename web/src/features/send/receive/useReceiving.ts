import { useState } from "react";
import { isOver, type SendProof } from "@/api/sendAccess";
import { explain } from "@/app/errors";
import { api, crypto } from "@/app/services";
import { CryptoError } from "@/crypto/error";
import { useT } from "@/i18n";
import { isWhole, type Step, stepAfter } from "./steps";

/** Walks from the link to what it leads to. Nothing is asked of the server before `show`. */
export function useReceiving(accessId: string, linkKey: string) {
  const t = useT();
  const [step, setStep] = useState<Step>(() =>
    isWhole(accessId, linkKey) ? { kind: "start", again: false } : { kind: "damaged" },
  );
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function ask(proof: SendProof): Promise<Step> {
    const access = await api.sendAccess();
    const answer = await access.ask(accessId, proof);
    if (answer.kind !== "granted") {
      return stepAfter(answer, proof) ?? { kind: "gone" };
    }
    const record = await access.open(answer.token);
    return { kind: "open", send: await crypto.receiveSend(record, linkKey), token: answer.token, proof };
  }

  async function run(work: () => Promise<Step>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      setStep(await work());
    } catch (caught) {
      if (isOver(caught)) {
        setStep({ kind: "gone" });
      } else if (caught instanceof CryptoError) {
        setStep({ kind: "damaged" });
      } else {
        setError(explain(caught, t));
      }
    } finally {
      setBusy(false);
    }
  }

  return {
    step,
    busy,
    error,
    show: () => run(() => ask({ kind: "none" })),
    prove: (password: string) =>
      run(async () => ask({ kind: "password", hash: await crypto.proveSendPassword(password, linkKey) })),
    requestCode: (email: string) => run(() => ask({ kind: "email", email })),
    enterCode: (email: string, code: string) => run(() => ask({ kind: "code", email, code })),
    /** Leads elsewhere without asking the server. */
    go: (next: Step) => {
      setError(undefined);
      setStep(next);
    },
  };
}

export type Receiving = ReturnType<typeof useReceiving>;
