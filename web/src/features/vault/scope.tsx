import { createContext, type ReactNode, use } from "react";
import type { OrgId } from "@/crypto/model/ids";
import type { CipherListItem, CollectionView, FolderView } from "@/crypto/model/view";
import type { ItemStore } from "@/sync";

/**
 * Whose items are shown and changed: the own vault, or one client's. The views below are the same for both;
 * what only the owner of a vault can do is absent in a client's.
 */
export type ItemScope = {
  readonly store: ItemStore;
  readonly kind: "own" | "client";
  /** The organization that everything here belongs to; null in the own vault, where each item says its own. */
  readonly organizationId: OrgId | null;
  readonly collections: readonly CollectionView[];
  readonly folders: readonly FolderView[];
  readonly organizationName: (id: OrgId) => string;
  /** Names the tenant in dialogs that write. */
  readonly badge: ReactNode;
  /** More that can be done with one item; entries of its menu. */
  readonly menu?: (item: CipherListItem) => ReactNode;
  /** More that can be done with marked items; buttons of the bar. */
  readonly bulk?: (ids: readonly string[], clear: () => void) => ReactNode;
};

const ScopeContext = createContext<ItemScope | null>(null);

export function ScopeProvider({ scope, children }: { scope: ItemScope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

export function useScope(): ItemScope {
  const scope = use(ScopeContext);
  if (!scope) {
    throw new Error("ScopeProvider is missing above this component.");
  }
  return scope;
}
