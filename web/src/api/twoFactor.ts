import type { Proof } from "./accounts";
import type { Http, RequestOptions } from "./http";
import type { List } from "./wire";

export interface AuthenticatorSettings {
  readonly enabled: boolean;
  /** Base32; a fresh one that is stored nowhere yet when none is set up. */
  readonly key: string;
  /** Allows acts with this key for half an hour. */
  readonly userVerificationToken: string;
}

type Enabled = { readonly type: number; readonly enabled: boolean };
/** 0: an authenticator app, the one kind that there is. */
const authenticator = 0;

export function twoFactorApi(http: Http) {
  return {
    /** Whether two-step login is on. */
    enabled: async (options?: RequestOptions) =>
      (await http.get<List<Enabled>>("/api/two-factor", options)).data.some(({ enabled }) => enabled),
    authenticator: (proof: Proof) =>
      http.post<AuthenticatorSettings>("/api/two-factor/get-authenticator", proof),
    setAuthenticator: ({ key, userVerificationToken }: AuthenticatorSettings, code: string) =>
      http.put<unknown>("/api/two-factor/authenticator", { key, token: code, userVerificationToken }),
    disable: (proof: Proof) =>
      http.put<unknown>("/api/two-factor/disable", { type: authenticator, ...proof }),
    /** null while two-step login is off. */
    recoveryCode: async (proof: Proof) =>
      (await http.post<{ readonly code: string | null }>("/api/two-factor/get-recover", proof)).code,
  };
}
