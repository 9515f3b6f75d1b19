import type { Api } from "@/api";
import type { OrgId } from "@/crypto/model/ids";
import type { CryptoProxy } from "@/crypto/proxy";
import type { Session } from "@/session";
import type { ClientVault } from "./client";
import type { Vault } from "./vault";

/** Everything below the screens, wired together once. */
export interface Core {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly session: Session;
  readonly vault: Vault;
  /** The client organization of a provider the person works for; the same object for the same id. */
  clientVault(organizationId: OrgId): ClientVault;
}
