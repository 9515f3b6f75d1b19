import type { RegistrationProof } from "@/api/identity";
import type { KdfConfig } from "@/crypto/model/keys";
import type { Account, LockReason, LogoutReason, SessionState, VaultTimeout } from "./state";

export interface LoginInput {
  readonly email: string;
  readonly password: string;
  /** The code that was mailed, after an `IdentityError` of kind `newDevice`. */
  readonly newDeviceOtp?: string;
}

export interface RegisterInput {
  readonly email: string;
  readonly password: string;
  readonly hint?: string;
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
  /** Rejects with `CryptoError` of kind `wrongPassword`. */
  unlock(password: string): Promise<void>;
  lock(reason?: LockReason): void;
  logout(reason?: LogoutReason): Promise<void>;

  /** The account's own proof for sensitive endpoints. Verifies nothing. */
  passwordHash(password: string): Promise<string>;
  /** true when the password opens the user key; done on this machine. */
  verifyPassword(password: string): Promise<boolean>;
  changePassword(input: { password: string; newPassword: string; hint?: string }): Promise<void>;
  changeKdf(input: { password: string; kdf: KdfConfig }): Promise<void>;
  changeEmail(input: { password: string; newEmail: string; code: string }): Promise<void>;

  account(): Account | null;
  vaultTimeout(): VaultTimeout;
  setVaultTimeout(timeout: VaultTimeout): void;
  /** Call on keyboard, pointer and touch; cheap. */
  noteActivity(): void;
}
