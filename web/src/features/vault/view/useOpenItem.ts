import { useEffect, useState } from "react";
import type { CipherView } from "@/crypto/model/view";
import type { ItemStore } from "@/sync";

export type Opened =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly item: CipherView }
  | { readonly kind: "failed"; readonly error: unknown };

/** The whole item, opened again when `version` is another; forgotten when the view goes. */
export function useOpenItem(store: ItemStore, id: string, version: unknown): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version must be opened anew
  useEffect(() => {
    let current = true;
    store.openItem(id).then(
      (item) => current && setOpened({ kind: "ready", item }),
      (error: unknown) => current && setOpened({ kind: "failed", error }),
    );
    return () => {
      current = false;
    };
  }, [store, id, version]);
  return opened;
}
