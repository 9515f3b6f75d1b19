import { useState } from "react";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { toast } from "@/ui/Toast";

/** Runs one act of a form: busy while it lasts, the reason when it fails, a note when it is done. */
export function useAct() {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function run(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      if (done) {
        toast({ title: done });
      }
      return true;
    } catch (caught) {
      setError(explain(caught, t));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, error, run };
}
