import type { EncText } from "@/crypto/model/encrypted";
import type { UserId } from "@/crypto/model/ids";
import type { RewrappedSend } from "@/crypto/model/sends";
import type { RecoveryKey, RekeyedCipher, RekeyedFolder, Rewrapped } from "@/crypto/proxy";
import type { Http, RequestOptions } from "./http";
import type { ApiKey, Domains, Profile, UserPublicKey, WireAccountKeys } from "./wire";

/** Proof of the master password, as sensitive endpoints take it. */
export interface Proof {
  readonly masterPasswordHash: string;
}

export interface EmailChange extends Proof {
  readonly newEmail: string;
  readonly token: string;
  readonly newMasterPasswordHash: string;
  readonly key: EncText;
}

/** What of an account is under its user key beside the vault. Lists of kinds that a server has; all may be empty. */
export type KeyRotationData = Readonly<Record<string, unknown>>;

/** A new user key, with everything that is under it. */
export interface KeyRotation {
  readonly oldMasterKeyAuthenticationHash: string;
  readonly newUserKeyId: string;
  readonly accountUnlockData: {
    readonly masterPasswordUnlockData: {
      readonly kdfType: 0 | 1;
      readonly kdfIterations: number;
      readonly kdfMemory: number | null;
      readonly kdfParallelism: number | null;
      readonly email: string;
      readonly masterPasswordSalt: string;
      readonly masterKeyAuthenticationHash: string;
      readonly masterKeyEncryptedUserKey: EncText;
      readonly containedKeyId: string;
    };
    readonly emergencyAccessUnlockData: readonly never[];
    readonly organizationAccountRecoveryUnlockData: readonly RecoveryKey[];
    readonly passkeyUnlockData: readonly never[];
    readonly deviceKeyUnlockData: readonly never[];
  };
  readonly accountKeys: WireAccountKeys & {
    readonly userKeyEncryptedAccountPrivateKey: EncText;
    readonly accountPublicKey: string;
  };
  readonly accountData: {
    readonly ciphers: readonly RekeyedCipher[];
    readonly folders: readonly RekeyedFolder[];
    readonly sends: readonly RewrappedSend[];
  };
}

export function accountsApi(http: Http) {
  const anonymous = (path: string, body: unknown) =>
    http.call<void>(`/api/accounts${path}`, { method: "POST", body, authenticated: false });
  return {
    profile: (options?: RequestOptions) => http.get<Profile>("/api/accounts/profile", options),
    updateProfile: (name: string) => http.put<Profile>("/api/accounts/profile", { name }),
    setAvatarColor: (avatarColor: string | null) =>
      http.put<Profile>("/api/accounts/avatar", { avatarColor }),
    publicKey: (id: UserId) => http.get<UserPublicKey>(`/api/users/${id}/public-key`),

    changePassword: (request: Rewrapped & { readonly masterPasswordHint: string | null }) =>
      http.post("/api/accounts/password", request),
    /** After an administrator has set one. */
    replaceTemporaryPassword: (request: {
      readonly newMasterPasswordHash: string;
      readonly key: EncText;
      readonly masterPasswordHint: string | null;
    }) => http.put("/api/accounts/update-temp-password", request),
    changeKdf: (request: Rewrapped) => http.post("/api/accounts/kdf", request),
    requestEmailChange: (request: Proof & { readonly newEmail: string }) =>
      http.post("/api/accounts/email-token", request),
    changeEmail: (request: EmailChange) => http.post("/api/accounts/email", request),
    verifyPassword: (proof: Proof) => http.post<unknown>("/api/accounts/verify-password", proof),
    setUserKeyId: (userKeyId: string) => http.post("/api/accounts/key-management/user-key-id", { userKeyId }),

    keyRotationData: () => http.get<KeyRotationData>("/api/accounts/key-management/key-rotation-data"),
    /** All or nothing. Ends every session of the account, this one too. */
    rotateUserKey: (request: KeyRotation) =>
      http.post("/api/accounts/key-management/rotate-user-account-keys", request),

    /** Ends every session of the account, this one too. */
    rotateSecurityStamp: (proof: Proof) => http.post("/api/accounts/security-stamp", proof),
    apiKey: (proof: Proof) => http.post<ApiKey>("/api/accounts/api-key", proof),
    rotateApiKey: (proof: Proof) => http.post<ApiKey>("/api/accounts/rotate-api-key", proof),
    setVerifyDevices: (request: Proof & { readonly verifyDevices: boolean }) =>
      http.put("/api/accounts/verify-devices", request),
    remove: (proof: Proof) => http.delete("/api/accounts", proof),

    sendVerificationEmail: () => http.post("/api/accounts/verify-email"),
    verifyEmail: (userId: UserId, token: string) => anonymous("/verify-email-token", { userId, token }),
    passwordHint: (email: string) => anonymous("/password-hint", { email }),
    requestDeletion: (email: string) => anonymous("/delete-recover", { email }),
    confirmDeletion: (userId: UserId, token: string) => anonymous("/delete-recover-token", { userId, token }),

    domains: (options?: RequestOptions) => http.get<Domains>("/api/settings/domains", options),
    setDomains: (request: {
      readonly equivalentDomains: readonly (readonly string[])[];
      readonly excludedGlobalEquivalentDomains: readonly number[];
    }) => http.put<Domains>("/api/settings/domains", request),
  };
}
