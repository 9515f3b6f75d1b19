import type { EncText } from "@/crypto/model/encrypted";
import type { ProviderId, ProviderUserId } from "@/crypto/model/ids";
import type { NewOrganizationKeys } from "@/crypto/proxy";
import type { Http, RequestOptions } from "./http";
import type {
  InviteLink,
  List,
  NewClientAnswer,
  Provider,
  ProviderUser,
  ProviderUserPublicKey,
  ProviderUserType,
} from "./wire";

export interface SetupRequest {
  readonly name: string;
  readonly businessName?: string | null;
  readonly billingEmail: string;
  readonly token: string;
  readonly key: EncText;
}

export interface NewClientRequest extends NewOrganizationKeys {
  readonly name: string;
  readonly ownerEmail: string;
  /** 17 Teams, 19 Enterprise. */
  readonly planType: number;
  readonly seats: number;
}

export function providersApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}`;
  return {
    get: (id: ProviderId, options?: RequestOptions) => http.get<Provider>(base(id), options),
    setup: (id: ProviderId, request: SetupRequest) => http.post<Provider>(`${base(id)}/setup`, request),

    createClient: (id: ProviderId, request: NewClientRequest) =>
      http.post<NewClientAnswer>(`${base(id)}/clients`, request),

    users: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<ProviderUser>>(`${base(id)}/users`, options)).data,
    invite: (id: ProviderId, request: { emails: readonly string[]; type: ProviderUserType }) =>
      http.post(`${base(id)}/users/invite`, request),
    inviteLink: (id: ProviderId, user: ProviderUserId) =>
      http.get<InviteLink>(`${base(id)}/users/${user}/invite-link`),
    accept: (id: ProviderId, user: ProviderUserId, token: string) =>
      http.post(`${base(id)}/users/${user}/accept`, { token }),
    publicKeys: async (id: ProviderId, ids: readonly ProviderUserId[]) =>
      (await http.post<List<ProviderUserPublicKey>>(`${base(id)}/users/public-keys`, { ids })).data,
    confirm: (id: ProviderId, user: ProviderUserId, key: EncText) =>
      http.post(`${base(id)}/users/${user}/confirm`, { key }),
    removeUser: (id: ProviderId, user: ProviderUserId) => http.delete(`${base(id)}/users/${user}`),
  };
}
