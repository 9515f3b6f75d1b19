import { useSyncExternalStore } from "react";
import type { SessionState } from "@/session";
import type { VaultState } from "@/sync";
import { session, vault } from "./services";

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.getSnapshot);
}

/** A part of the decrypted vault; `pick` returns a member, not something new on each call. */
export function useVault<Part>(pick: (state: VaultState) => Part): Part {
  return useSyncExternalStore(vault.subscribe, () => pick(vault.getSnapshot()));
}
