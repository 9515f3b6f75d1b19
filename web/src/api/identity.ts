import type { NewAccount } from "@/crypto/proxy";
import { isRecord, member, text } from "./error";
import type { Http, RequestOptions } from "./http";
import type {
  MasterPasswordUnlock,
  PasswordRules,
  Prelogin,
  RefreshAnswer,
  TokenAnswer,
  WireAccountKeys,
} from "./wire";

/** 0 authenticator app, 5 remembered device, 8 recovery code. */
export type SecondFactor = 0 | 5 | 8;

/** The answer to the question for a second step. */
export interface SecondStep {
  readonly provider: SecondFactor;
  readonly code: string;
  /** Asks for a token that stands in for the code on this device. */
  readonly remember?: boolean;
}

export interface PasswordGrant {
  readonly email: string;
  readonly authHash: string;
  readonly device: { readonly type: number; readonly identifier: string; readonly name: string };
  readonly newDeviceOtp?: string | undefined;
  /** A request that another device approved; its access code takes the place of the hash. */
  readonly authRequest?: string | undefined;
  readonly secondStep?: SecondStep | undefined;
}

/** What shows that the address belongs to the person; exactly one kind. */
export type RegistrationProof =
  | { readonly emailVerificationToken: string }
  | { readonly orgInviteToken: string; readonly organizationUserId: string }
  | { readonly providerInviteToken: string; readonly providerUserId: string }
  | { readonly providerSetupToken: string };

export type RegisterFinish = NewAccount &
  RegistrationProof & { readonly email: string; readonly masterPasswordHint: string | null };

function unlockOf(answer: unknown): MasterPasswordUnlock | null {
  const unlock = member(member(answer, "UserDecryptionOptions"), "MasterPasswordUnlock");
  if (!isRecord(unlock)) return null;
  const kdf = member(unlock, "Kdf");
  const number = (name: string) => {
    const value = member(kdf, name);
    return typeof value === "number" ? value : null;
  };
  const wrapped = text(
    member(unlock, "MasterKeyEncryptedUserKey") ?? member(unlock, "MasterKeyWrappedUserKey"),
  );
  const salt = text(member(unlock, "Salt"));
  const iterations = number("Iterations");
  if (!wrapped || !salt || iterations === null) return null;
  return {
    kdf: {
      kdfType: number("KdfType") === 1 ? 1 : 0,
      iterations,
      memory: number("Memory"),
      parallelism: number("Parallelism"),
    },
    masterKeyEncryptedUserKey: wrapped as MasterPasswordUnlock["masterKeyEncryptedUserKey"],
    salt,
    containedKeyId: text(member(unlock, "ContainedKeyId")),
  };
}

function refreshOf(answer: unknown): RefreshAnswer {
  const accessToken = text(member(answer, "access_token"));
  if (!accessToken) throw new TypeError("token answer without access_token");
  const expiresIn = member(answer, "expires_in");
  return {
    accessToken,
    refreshToken: text(member(answer, "refresh_token")),
    expiresIn: typeof expiresIn === "number" ? expiresIn : 3600,
  };
}

/** Only where an organization asks for it at log-in, and not just of new passwords. */
function rulesAtLogin(policy: unknown): PasswordRules | null {
  if (member(policy, "EnforceOnLogin") !== true) return null;
  const number = (name: string) => {
    const value = member(policy, name);
    return typeof value === "number" ? value : 0;
  };
  const flag = (name: string) => member(policy, name) === true;
  return {
    minComplexity: number("MinComplexity"),
    minLength: number("MinLength"),
    requireUpper: flag("RequireUpper"),
    requireLower: flag("RequireLower"),
    requireNumbers: flag("RequireNumbers"),
    requireSpecial: flag("RequireSpecial"),
  };
}

export function tokenAnswer(answer: unknown): TokenAnswer {
  const keys = member(answer, "AccountKeys");
  return {
    ...refreshOf(answer),
    accountKeys: isRecord(keys) ? (keys as unknown as WireAccountKeys) : null,
    unlock: unlockOf(answer),
    forcePasswordReset: member(answer, "ForcePasswordReset") === true,
    rulesAtLogin: rulesAtLogin(member(answer, "MasterPasswordPolicy")),
    rememberToken: text(member(answer, "TwoFactorToken")),
  };
}

export function identityApi(http: Http) {
  const anonymous = <T>(path: string, body: unknown, options?: RequestOptions) =>
    http.call<T>(`/identity${path}`, { ...options, method: "POST", body, authenticated: false });
  const grant = (fields: Record<string, string>) =>
    http.call<unknown>("/identity/connect/token", {
      method: "POST",
      form: new URLSearchParams(fields),
      authenticated: false,
    });

  return {
    prelogin: (email: string) => anonymous<Prelogin>("/accounts/prelogin/password", { email }),

    passwordGrant: async (input: PasswordGrant): Promise<TokenAnswer> => {
      const fields: Record<string, string> = {
        grant_type: "password",
        client_id: "web",
        scope: "api offline_access",
        username: input.email,
        password: input.authHash,
        deviceType: String(input.device.type),
        deviceIdentifier: input.device.identifier,
        deviceName: input.device.name,
      };
      if (input.authRequest) fields.authRequest = input.authRequest;
      if (input.newDeviceOtp) fields.newDeviceOtp = input.newDeviceOtp;
      if (input.secondStep) {
        fields.twoFactorProvider = String(input.secondStep.provider);
        fields.twoFactorToken = input.secondStep.code;
        fields.twoFactorRemember = input.secondStep.remember ? "1" : "0";
      }
      return tokenAnswer(await grant(fields));
    },

    refreshGrant: async (refreshToken: string): Promise<RefreshAnswer> =>
      refreshOf(await grant({ grant_type: "refresh_token", client_id: "web", refresh_token: refreshToken })),

    /** A string is the token itself (a server without mail); undefined means that a mail is on its way. */
    sendVerificationEmail: (email: string, name?: string) =>
      anonymous<string | undefined>("/accounts/register/send-verification-email", {
        email,
        name: name ?? null,
        receiveMarketingEmails: false,
      }),
    verificationEmailClicked: (email: string, emailVerificationToken: string) =>
      anonymous<void>("/accounts/register/verification-email-clicked", { email, emailVerificationToken }),
    registerFinish: (request: RegisterFinish) => anonymous<void>("/accounts/register/finish", request),
  };
}
