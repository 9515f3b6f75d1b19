import type { Http, RequestOptions } from "./http";
import type { List } from "./wire";

/** A device that asks another one to let it in. */
export interface AuthRequest {
  readonly id: string;
  /** Base64 SPKI. */
  readonly publicKey: string;
  readonly requestDeviceIdentifier: string;
  readonly requestDeviceType: string;
  readonly requestDeviceTypeValue: number;
  readonly requestIpAddress: string | null;
  /** The user key for `publicKey`, once it was approved. */
  readonly key: string | null;
  readonly creationDate: string;
  readonly responseDate: string | null;
  readonly requestApproved: boolean | null;
}

const base = "/api/auth-requests";

export function authRequestsApi(http: Http) {
  return {
    /** By a device that nobody is logged in on; the address and the code stand in for a session. */
    ask: (request: { email: string; publicKey: string; deviceIdentifier: string; accessCode: string }) =>
      http.call<AuthRequest>(base, { method: "POST", body: { ...request, type: 0 }, authenticated: false }),
    response: (id: string, code: string, options?: RequestOptions) =>
      http.call<AuthRequest>(`${base}/${id}/response?code=${encodeURIComponent(code)}`, {
        ...options,
        authenticated: false,
      }),

    /** All of the last quarter of an hour, the latest first. */
    list: async (options?: RequestOptions) => (await http.get<List<AuthRequest>>(base, options)).data,
    approve: (id: string, key: string, deviceIdentifier: string) =>
      http.put<AuthRequest>(`${base}/${id}`, { key, deviceIdentifier, requestApproved: true }),
    deny: (id: string, deviceIdentifier: string) =>
      http.put<AuthRequest>(`${base}/${id}`, { deviceIdentifier, requestApproved: false }),
  };
}
