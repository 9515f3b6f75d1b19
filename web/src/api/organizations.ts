import type { EncText } from "@/crypto/model/encrypted";
import type { CollectionId, MemberId, OrgId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type {
  Access,
  CollectionAccess,
  CollectionRequest,
  InviteLink,
  List,
  Member,
  MemberPublicKey,
  MemberType,
  Organization,
} from "./wire";

export interface InviteRequest {
  readonly emails: readonly string[];
  readonly type: MemberType;
  readonly collections: readonly Access[];
  readonly groups: readonly string[];
}

export function organizationsApi(http: Http) {
  const base = (id: OrgId) => `/api/organizations/${id}`;
  return {
    get: (id: OrgId, options?: RequestOptions) => http.get<Organization>(base(id), options),
    leave: (id: OrgId) => http.post(`${base(id)}/leave`),

    collections: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<CollectionAccess>>(`${base(id)}/collections/details`, options)).data,
    createCollection: (id: OrgId, request: CollectionRequest) =>
      http.post<CollectionAccess>(`${base(id)}/collections`, request),
    updateCollection: (id: OrgId, collection: CollectionId, request: CollectionRequest) =>
      http.put<CollectionAccess>(`${base(id)}/collections/${collection}`, request),
    removeCollection: (id: OrgId, collection: CollectionId) =>
      http.delete(`${base(id)}/collections/${collection}`),

    members: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<Member>>(`${base(id)}/users?includeCollections=true`, options)).data,
    invite: (id: OrgId, request: InviteRequest) => http.post(`${base(id)}/users/invite`, request),
    reinvite: (id: OrgId, memberId: MemberId) => http.post(`${base(id)}/users/${memberId}/reinvite`),
    inviteLink: (id: OrgId, memberId: MemberId) =>
      http.get<InviteLink>(`${base(id)}/users/${memberId}/invite-link`),
    accept: (id: OrgId, memberId: MemberId, token: string) =>
      http.post(`${base(id)}/users/${memberId}/accept`, { token }),
    publicKeys: async (id: OrgId, ids: readonly MemberId[]) =>
      (await http.post<List<MemberPublicKey>>(`${base(id)}/users/public-keys`, { ids })).data,
    confirm: (
      id: OrgId,
      memberId: MemberId,
      request: { readonly key: EncText; readonly defaultUserCollectionName: EncText | null },
    ) => http.post(`${base(id)}/users/${memberId}/confirm`, request),
    removeMember: (id: OrgId, memberId: MemberId) => http.delete(`${base(id)}/users/${memberId}`),
  };
}
