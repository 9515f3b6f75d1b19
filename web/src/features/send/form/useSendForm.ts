import { type FormEvent, useEffect, useRef, useState } from "react";
import type { SendView } from "@/crypto/model/sends";
import type { CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useChanged } from "@/ui/changed";
import { toast } from "@/ui/Toast";
import { draftOf, formOf, newForm, problemsOf, type SendForm } from "../model/form";
import type { SendRules } from "../model/rules";
import type { Made } from "./Ready";
import { useItemStart } from "./useItemStart";
import { useSaving } from "./useSaving";

export type SendFormInput = {
  edited: SendView | null;
  item: CipherView | null;
  client: { readonly name: string } | null;
  rules: SendRules;
  onClose: () => void;
};

function useStart({ edited, item, client, rules }: SendFormInput) {
  const t = useT();
  const itemStart = useItemStart(item);
  return useState<SendForm>(() =>
    edited
      ? formOf(edited)
      : newForm(rules, new Date(), {
          ...(client && { name: t("send.clientName", { name: client.name }), hidden: true }),
          ...itemStart,
        }),
  );
}

/** What is typed, what is wrong with it, and saving it. */
export function useSendForm(input: SendFormInput) {
  const { edited, rules, onClose } = input;
  const t = useT();
  const [form, setForm] = useStart(input);
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState(0);
  const [made, setMade] = useState<Made | null>(null);
  const box = useRef<HTMLFormElement>(null);
  const { saving, unsaved, save, stop } = useSaving();
  const changed = useChanged({ form, file: file?.name });
  const busy = saving.kind !== "idle";
  const given = () => ({ form, file, edited, rules, now: new Date() });
  const set = (part: Partial<SendForm>) => setForm((before) => ({ ...before, ...part }));

  // Where something is missing is where to go on.
  useEffect(() => {
    if (tried > 0) {
      box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [tried]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const now = given();
    if (busy || Object.keys(problemsOf(now)).length > 0) {
      setTried(tried + 1);
      return;
    }
    const draft = draftOf(now, edited?.file?.name ?? file?.name ?? "");
    const id = await save(draft, edited, form.type === "file" ? file : null);
    if (id && edited) {
      toast({ title: t("send.saved") });
      onClose();
    } else if (id) {
      setMade({ id, form, deletionDate: draft.deletionDate });
    }
  }

  function choose(next: File | null) {
    setFile(next);
    if (next && (form.name === "" || form.name === file?.name)) {
      set({ name: next.name });
    }
  }

  const problems = tried > 0 ? problemsOf(given()) : {};
  return { form, set, file, choose, problems, made, box, saving, busy, unsaved, stop, changed, submit };
}

export type SendFormState = ReturnType<typeof useSendForm>;
