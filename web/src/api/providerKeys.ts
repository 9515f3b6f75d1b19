import type { ClientId, ProviderId } from "@/crypto/model/ids";
import type { Proof } from "./accounts";
import type { Http, RequestOptions } from "./http";
import type { List } from "./wire";

/** What a program of a provider logs in with. */
export interface ProviderKey {
  readonly id: string;
  readonly name: string;
  readonly allClients: boolean;
  /** Otherwise these. */
  readonly clientIds: readonly ClientId[];
  readonly mayWrite: boolean;
  /** null when the person is gone. */
  readonly createdBy: { readonly name: string | null; readonly email: string } | null;
  readonly creationDate: string;
  /** null never. */
  readonly expirationDate: string | null;
  /** When it last got a token. */
  readonly lastUsedDate: string | null;
  /** What a program gives as client_id. */
  readonly clientId: string;
}

/** The secret is told once. */
export interface NewProviderKey extends ProviderKey {
  readonly clientSecret: string;
}

export interface ProviderKeyRequest extends Proof {
  readonly name: string;
  readonly allClients: boolean;
  readonly clientIds: readonly ClientId[];
  readonly mayWrite: boolean;
  readonly expirationDate: string | null;
}

export function providerKeysApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}/keys`;
  return {
    list: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<ProviderKey>>(base(id), options)).data,
    create: (id: ProviderId, request: ProviderKeyRequest) => http.post<NewProviderKey>(base(id), request),
    remove: (id: ProviderId, key: string) => http.delete(`${base(id)}/${key}`),
  };
}
