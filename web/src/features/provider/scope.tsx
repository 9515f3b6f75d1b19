import { createContext, type ReactNode, use } from "react";
import type { ProfileProvider } from "@/api";
import type { ProviderId } from "@/crypto/model/ids";

/** The provider whose portal is open. */
export type PortalScope = {
  readonly providerId: ProviderId;
  readonly name: string;
  readonly provider: ProfileProvider;
  /** Administrators of the provider; service users otherwise. */
  readonly admin: boolean;
  /** Names the provider in dialogs that write for it; those that write for a client show that client's badge. */
  readonly badge: ReactNode;
};

const ScopeContext = createContext<PortalScope | null>(null);

export function PortalScopeProvider({ scope, children }: { scope: PortalScope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

export function usePortal(): PortalScope {
  const scope = use(ScopeContext);
  if (!scope) {
    throw new Error("PortalScopeProvider is missing above this component.");
  }
  return scope;
}
