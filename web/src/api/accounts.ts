import type { EncText } from "@/crypto/model/encrypted";
import type { UserId } from "@/crypto/model/ids";
import type { Rewrapped } from "@/crypto/proxy";
import type { Http, RequestOptions } from "./http";
import type { ApiKey, Domains, Profile, UserPublicKey } from "./wire";

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
    changeKdf: (request: Rewrapped) => http.post("/api/accounts/kdf", request),
    requestEmailChange: (request: Proof & { readonly newEmail: string }) =>
      http.post("/api/accounts/email-token", request),
    changeEmail: (request: EmailChange) => http.post("/api/accounts/email", request),
    verifyPassword: (proof: Proof) => http.post<unknown>("/api/accounts/verify-password", proof),
    setUserKeyId: (userKeyId: string) => http.post("/api/accounts/key-management/user-key-id", { userKeyId }),

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
