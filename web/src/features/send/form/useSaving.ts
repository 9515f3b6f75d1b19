import { useRef, useState } from "react";
import { explain } from "@/app/errors";
import { vault } from "@/app/services";
import type { SendId } from "@/crypto/model/ids";
import type { SendDraft, SendView } from "@/crypto/model/sends";
import { useT } from "@/i18n";

export type Saving =
  | { readonly kind: "idle" }
  | { readonly kind: "saving" }
  | { readonly kind: "encrypting" }
  | { readonly kind: "sending"; readonly done: number; readonly total: number };

/** Why nothing was saved: somebody stopped it, or something went wrong. */
export type Unsaved = { readonly kind: "stopped" } | { readonly kind: "failed"; readonly why: string };

/** Saves a Send, with its file where there is one; `stop` leaves nothing of it at the server. */
export function useSaving() {
  const t = useT();
  const [saving, setSaving] = useState<Saving>({ kind: "idle" });
  const [unsaved, setUnsaved] = useState<Unsaved>();
  const controller = useRef<AbortController | null>(null);

  async function withFile(draft: SendDraft, file: File): Promise<SendId> {
    const stopper = new AbortController();
    controller.current = stopper;
    setSaving({ kind: "encrypting" });
    return (await vault.sends()).createFile(draft, file, {
      signal: stopper.signal,
      onEncrypted: () => setSaving({ kind: "sending", done: 0, total: file.size }),
      onProgress: (done, total) => setSaving({ kind: "sending", done, total }),
    });
  }

  async function save(draft: SendDraft, edited: SendView | null, file: File | null): Promise<SendId | null> {
    setUnsaved(undefined);
    setSaving({ kind: "saving" });
    try {
      const sends = await vault.sends();
      if (edited) {
        await sends.update(edited.id, draft);
        return edited.id;
      }
      return file ? await withFile(draft, file) : await sends.createText(draft);
    } catch (caught) {
      const stopped = controller.current?.signal.aborted;
      setUnsaved(stopped ? { kind: "stopped" } : { kind: "failed", why: explain(caught, t) });
      return null;
    } finally {
      controller.current = null;
      setSaving({ kind: "idle" });
    }
  }

  return { saving, unsaved, save, stop: () => controller.current?.abort() };
}
