import type { EncText } from "@/crypto/model/encrypted";
import type { MemberId, OrgId, UserId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";

/** What opens an enrolled person's account to whoever has the organization's key. */
export interface RecoveryDetails {
  readonly kdf: 0 | 1;
  readonly kdfIterations: number;
  readonly kdfMemory: number | null;
  readonly kdfParallelism: number | null;
  /** null stands for the person's address. */
  readonly masterPasswordSalt?: string | null;
  readonly resetPasswordKey: EncText | null;
  readonly encryptedPrivateKey: EncText | null;
}

/** A new master password, two-step login off, or both. */
export interface RecoverRequest {
  readonly resetMasterPassword: boolean;
  readonly resetTwoFactor: boolean;
  readonly newMasterPasswordHash: string | null;
  readonly key: EncText | null;
}

/** null withdraws. */
export interface EnrolRequest {
  readonly resetPasswordKey: EncText | null;
  readonly masterPasswordHash?: string;
}

export function recoveryApi(http: Http) {
  const users = (id: OrgId) => `/api/organizations/${id}/users`;
  return {
    enrol: (id: OrgId, user: UserId, request: EnrolRequest) =>
      http.put(`${users(id)}/${user}/reset-password-enrollment`, request),
    /** Whether a policy of the organization enrols whoever joins. */
    autoEnrolment: async (id: OrgId, options?: RequestOptions) =>
      (
        await http.get<{ readonly resetPasswordEnabled: boolean }>(
          `/api/organizations/${id}/auto-enroll-status`,
          options,
        )
      ).resetPasswordEnabled,
    details: (id: OrgId, member: MemberId, options?: RequestOptions) =>
      http.get<RecoveryDetails>(`${users(id)}/${member}/reset-password-details`, options),
    recover: (id: OrgId, member: MemberId, request: RecoverRequest) =>
      http.put(`${users(id)}/${member}/recover-account`, request),
  };
}
