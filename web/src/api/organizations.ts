import type { EncText } from "@/crypto/model/encrypted";
import type { CollectionId, GroupId, MemberId, OrgId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type {
  Access,
  BulkResult,
  CollectionAccess,
  CollectionRequest,
  InviteLink,
  List,
  Member,
  MemberPublicKey,
  MemberReach,
  MemberType,
  Organization,
  Permissions,
} from "./wire";

export interface InviteRequest {
  readonly emails: readonly string[];
  readonly type: MemberType;
  readonly collections: readonly Access[];
  readonly groups: readonly GroupId[];
  /** Of the custom role. */
  readonly permissions?: Permissions | undefined;
}

export interface MemberRequest {
  readonly type: MemberType;
  readonly permissions?: Permissions | undefined;
  readonly collections: readonly Access[];
  readonly groups: readonly GroupId[];
  /** Refused when somebody has changed the member since. */
  readonly lastKnownRevisionDate?: string | undefined;
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
    removeCollections: (id: OrgId, ids: readonly CollectionId[]) =>
      http.delete(`${base(id)}/collections`, { ids }),
    /** Adds to what the collections have; whoever has access already gets the new degree. */
    giveAccess: (
      id: OrgId,
      request: {
        readonly collectionIds: readonly CollectionId[];
        readonly users: readonly Access[];
        readonly groups: readonly Access[];
      },
    ) => http.post(`${base(id)}/collections/bulk-access`, request),
    removeCollection: (id: OrgId, collection: CollectionId) =>
      http.delete(`${base(id)}/collections/${collection}`),

    members: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<Member>>(`${base(id)}/users?includeCollections=true&includeGroups=true`, options))
        .data,
    /** Names alone, for every member. */
    people: async (id: OrgId, options?: RequestOptions) =>
      (
        await http.get<List<Pick<Member, "id" | "userId" | "name" | "email">>>(
          `${base(id)}/users/mini-details`,
          options,
        )
      ).data,
    member: (id: OrgId, memberId: MemberId, options?: RequestOptions) =>
      http.get<Member>(`${base(id)}/users/${memberId}?includeGroups=true`, options),
    reach: (id: OrgId, memberId: MemberId, options?: RequestOptions) =>
      http.get<MemberReach>(`${base(id)}/users/${memberId}/reach`, options),
    updateMember: (id: OrgId, memberId: MemberId, request: MemberRequest) =>
      http.put(`${base(id)}/users/${memberId}`, request),
    invite: (id: OrgId, request: InviteRequest, options?: RequestOptions) =>
      http.post(`${base(id)}/users/invite`, request, options),
    reinvite: (id: OrgId, memberId: MemberId) => http.post(`${base(id)}/users/${memberId}/reinvite`),
    inviteLink: (id: OrgId, memberId: MemberId) =>
      http.get<InviteLink>(`${base(id)}/users/${memberId}/invite-link`),
    /** With the user key for the organization where a policy wants that of whoever joins. */
    accept: (id: OrgId, memberId: MemberId, token: string, resetPasswordKey: EncText | null = null) =>
      http.post(`${base(id)}/users/${memberId}/accept`, {
        token,
        ...(resetPasswordKey && { resetPasswordKey }),
      }),
    publicKeys: async (id: OrgId, ids: readonly MemberId[]) =>
      (await http.post<List<MemberPublicKey>>(`${base(id)}/users/public-keys`, { ids })).data,
    confirm: (
      id: OrgId,
      memberId: MemberId,
      request: { readonly key: EncText; readonly defaultUserCollectionName: EncText | null },
    ) => http.post(`${base(id)}/users/${memberId}/confirm`, request),
    removeMember: (id: OrgId, memberId: MemberId) => http.delete(`${base(id)}/users/${memberId}`),

    // For many at once: an answer per member, with an empty error where it went well.
    reinviteMany: async (id: OrgId, ids: readonly MemberId[], options?: RequestOptions) =>
      (await http.post<List<BulkResult>>(`${base(id)}/users/reinvite`, { ids }, options)).data,
    confirmMany: async (
      id: OrgId,
      request: {
        readonly keys: readonly { readonly id: MemberId; readonly key: EncText }[];
        readonly defaultUserCollectionName: EncText | null;
      },
      options?: RequestOptions,
    ) => (await http.post<List<BulkResult>>(`${base(id)}/users/confirm`, request, options)).data,
    revokeMany: async (id: OrgId, ids: readonly MemberId[], options?: RequestOptions) =>
      (await http.put<List<BulkResult>>(`${base(id)}/users/revoke`, { ids }, options)).data,
    restoreMany: async (id: OrgId, ids: readonly MemberId[], options?: RequestOptions) =>
      (await http.put<List<BulkResult>>(`${base(id)}/users/restore`, { ids }, options)).data,
    removeMany: async (id: OrgId, ids: readonly MemberId[], options?: RequestOptions) =>
      (await http.delete<List<BulkResult>>(`${base(id)}/users`, { ids }, options)).data,
  };
}
