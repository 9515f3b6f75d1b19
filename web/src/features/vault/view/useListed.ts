import { useSyncExternalStore } from "react";
import type { CipherListItem } from "@/crypto/model/view";
import { useScope } from "../scope";

/** The list's record of an item in the current scope; undefined once it is gone. */
export function useListed(id: string): CipherListItem | undefined {
  const { store } = useScope();
  return useSyncExternalStore(store.subscribe, () => {
    const { items } = store.getSnapshot() as { items: readonly CipherListItem[] };
    return items.find((item) => item.id === id);
  });
}
