import type { Api } from "@/api";
import type { RegistrationProof, SecondStep } from "@/api/identity";
import type { PasswordRules, SyncAnswer } from "@/api/wire";
import type { KdfConfig } from "@/crypto/model/keys";
import type { BatchOptions, CryptoProxy, Enrolment, RecoveryTarget } from "@/crypto/proxy";
import type { Device } from "./device";
import type { Account, LockReason, LogoutReason, SessionState, VaultTimeout } from "./state";
import type { Memory, SavedTokens } from "./storage";
import type { Tabs } from "./tabs";
import type { Tokens } from "./tokens";

export interface LoginInput {
  readonly email: string;
  readonly password: string;
  /** The code that was mailed, after an `IdentityError` of kind `newDevice`. */
  readonly newDeviceOtp?: string;
  /** The code that was asked for by an `IdentityError` of kind `twoFactorRequired`. */
  readonly secondStep?: SecondStep;
}

export interface ApprovedLogin extends Pick<LoginInput, "email" | "secondStep"> {
  readonly request: string;
  readonly accessCode: string;
  /** The user key, for the key pair that waits in the worker. */
  readonly key: string;
}

export interface RegisterInput {
  readonly email: string;
  readonly password: string;
  readonly hint?: string;
  /** Stored in the profile at the first log-in from this page. */
  readonly name?: string;
  readonly kdf?: KdfConfig;
  readonly proof: RegistrationProof;
}

export interface Session {
  /** For useSyncExternalStore: the snapshot is the same object until something changes. */
  getSnapshot(): SessionState;
  subscribe(listener: () => void): () => void;

  register(input: RegisterInput): Promise<void>;
  /** Rejects with `ApiError`/`IdentityError`; the state goes back to what it was. */
  login(input: LoginInput): Promise<void>;
  /** The same with what another device approved. The key pair of the request stays until it has opened the account. */
  loginApproved(input: ApprovedLogin): Promise<void>;
  /** The installation that this page runs in, as the server knows it. */
  readonly deviceIdentifier: string;
  /** Rejects with `CryptoError` of kind `wrongPassword`. */
  unlock(password: string): Promise<void>;
  lock(reason?: LockReason): void;
  logout(reason?: LogoutReason): Promise<void>;

  /** The account's own proof for sensitive endpoints. Verifies nothing. */
  passwordHash(password: string): Promise<string>;
  /** true when the password opens the user key; done on this machine. */
  verifyPassword(password: string): Promise<boolean>;
  /** These end all other sessions of the account; this one goes on with new tokens. */
  changePassword(input: { password: string; newPassword: string; hint?: string }): Promise<void>;
  /** The same for a password that an administrator has set. */
  replaceTemporaryPassword(input: { password: string; newPassword: string; hint?: string }): Promise<void>;
  changeKdf(input: { password: string; kdf: KdfConfig }): Promise<void>;
  changeEmail(input: { password: string; newEmail: string; code: string }): Promise<void>;
  /**
   * A new user key, with the whole vault under it. Sync afterwards: the records have changed. `recovery` are the
   * organizations that may recover the account, with the keys whose fingerprints were shown.
   */
  rotateUserKey(
    input: { password: string; recovery?: readonly RecoveryTarget[] } & BatchOptions,
  ): Promise<void>;

  /** The user key for an organization whose key's fingerprint was compared. Nothing is sent. */
  enrolRecovery(password: string, publicKey: string): Promise<Enrolment>;

  account(): Account | null;
  vaultTimeout(): VaultTimeout;
  setVaultTimeout(timeout: VaultTimeout): void;
  /** Call on keyboard, pointer and touch; cheap. */
  noteActivity(): void;
  /** Takes over what a sync tells about the account: keys that changed elsewhere, a stamp that ends the session. */
  noteSync(answer: SyncAnswer): void;
  /** For the tokens: they were renewed and are to be kept over a reload. */
  noteTokens(tokens: SavedTokens): void;
}

export interface SessionDependencies {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly tokens: Tokens;
  readonly memory: Memory;
  readonly tabs: Tabs;
  readonly device: Device;
  readonly now?: () => number;
  /** Whether a password keeps to rules; without it nobody is asked to change theirs at log-in. */
  readonly keepsRules?:
    | ((password: string, email: string, rules: PasswordRules) => Promise<boolean>)
    | undefined;
}
