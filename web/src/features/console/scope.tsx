import { createContext, type ReactNode, use } from "react";
import type { OrganizationSummary } from "@/api";
import type { MemberId, OrgId, ProviderId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { ClientVault } from "@/sync";
import type { Rights } from "./rights";

/**
 * Which organization is administered, and by which way. The pages below are the same for an organization of which
 * one is a member and for a client of one's provider.
 */
export type ConsoleScope = {
  readonly organizationId: OrgId;
  readonly name: string;
  /** What the profile says about the organization: seats, features, settings. */
  readonly summary: OrganizationSummary;
  readonly rights: Rights;
  readonly by:
    | { readonly kind: "member"; readonly memberId: MemberId }
    | { readonly kind: "provider"; readonly providerId: ProviderId; readonly providerName: string };
  /** Names the organization in dialogs that write. */
  readonly badge: ReactNode;
  /** Its decrypted items and collections, for those who may read items. */
  readonly store: ClientVault;
  readonly key: () => Promise<KeyHandle>;
};

const ScopeContext = createContext<ConsoleScope | null>(null);

export function ConsoleScopeProvider({ scope, children }: { scope: ConsoleScope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

export function useConsole(): ConsoleScope {
  const scope = use(ScopeContext);
  if (!scope) {
    throw new Error("ConsoleScopeProvider is missing above this component.");
  }
  return scope;
}
