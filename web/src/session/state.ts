import type { UserId } from "@/crypto/model/ids";
import type { AccountKeys, KeyHandle } from "@/crypto/model/keys";

/** Who is logged in. Not secret; kept across reloads. */
export interface Account {
  readonly userId: UserId;
  readonly email: string;
}

/** What is being waited for; the unlock screen says it. */
export type UnlockStep = "deriving" | "authenticating" | "decrypting";

export type SessionState =
  | { readonly status: "loggedOut"; readonly reason: LogoutReason | null; readonly lastEmail: string | null }
  | { readonly status: "locked"; readonly account: Account; readonly reason: LockReason }
  | { readonly status: "unlocking"; readonly account: Account | null; readonly step: UnlockStep }
  | {
      readonly status: "unlocked";
      readonly account: Account;
      readonly userKey: KeyHandle;
      readonly keys: AccountKeys;
      /** An administrator set the master password; nothing goes on before it is changed. */
      readonly temporaryPassword?: boolean;
      /** The password does not keep to the rules of an organization that asks so at log-in. */
      readonly weakPassword?: boolean;
    };

export type LogoutReason =
  | "user"
  | "expired"
  | "stampChanged"
  | "accountDeleted"
  | "endedElsewhere"
  | "otherTab";
export type LockReason = "user" | "timeout" | "reload" | "otherTab";

/** Minutes without activity until the vault locks; "never" is a choice, too. */
export type VaultTimeout = number | "never";
