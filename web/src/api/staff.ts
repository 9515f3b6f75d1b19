import type { EncText } from "@/crypto/model/encrypted";
import type { ClientId, OrgId, ProviderId, ProviderUserId, TagId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { BulkResult, List, MemberType, ProviderUser, ProviderUserType } from "./wire";

export interface Reached<Id> {
  readonly id: Id;
  /** null for ever. */
  readonly until: string | null;
}

/** Which clients a service user reaches. Admins reach all. */
export interface StaffReach {
  /** false: all clients; otherwise those below. */
  readonly assigned: boolean;
  /** When all of it ends; null never. */
  readonly until: string | null;
  readonly clients: readonly Reached<ClientId>[];
  readonly tags: readonly Reached<TagId>[];
}

export interface StaffMember extends ProviderUser, StaffReach {}

export interface StaffInvitation {
  readonly emails: readonly string[];
  readonly type: ProviderUserType;
  readonly reach?: StaffReach;
}

/** What it means that somebody leaves the provider and every client where they are a member. */
export interface Offboarding {
  readonly name: string | null;
  readonly email: string;
  readonly provider: { readonly removed: boolean; readonly error: string | null };
  readonly clients: readonly {
    readonly id: ClientId;
    readonly organizationId: OrgId;
    readonly name: string;
    readonly role: MemberType;
    /** How many items they may know. */
    readonly items: number;
    readonly error: string | null;
  }[];
  /** Those that are reached by the team, not as a member, where items can be opened. */
  readonly reached: readonly {
    readonly id: ClientId;
    readonly organizationId: OrgId;
    readonly name: string;
    readonly items: number;
  }[];
  readonly keys: readonly { readonly id: string; readonly name: string }[];
}

/** The people of a provider. For its admins. */
export function staffApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}/users`;
  return {
    list: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<StaffMember>>(base(id), options)).data,
    invite: (id: ProviderId, request: StaffInvitation, options?: RequestOptions) =>
      http.post(`${base(id)}/invite`, request, options),
    /** A service user reaches everything unless the reach says what. */
    setType: (id: ProviderId, user: ProviderUserId, type: ProviderUserType, reach?: StaffReach) =>
      http.put(`${base(id)}/${user}`, { type, ...(reach && { reach }) }),
    setReach: (id: ProviderId, user: ProviderUserId, reach: StaffReach) =>
      http.put(`${base(id)}/${user}/reach`, reach),
    offboard: (id: ProviderId, user: ProviderUserId, dryRun: boolean, options?: RequestOptions) =>
      http.post<Offboarding>(`${base(id)}/${user}/offboard`, { dryRun }, options),

    // For many at once: an answer per person, with an empty error where it went well.
    reinviteMany: async (id: ProviderId, ids: readonly ProviderUserId[], options?: RequestOptions) =>
      (await http.post<List<BulkResult>>(`${base(id)}/reinvite`, { ids }, options)).data,
    confirmMany: async (
      id: ProviderId,
      keys: readonly { readonly id: ProviderUserId; readonly key: EncText }[],
      options?: RequestOptions,
    ) => (await http.post<List<BulkResult>>(`${base(id)}/confirm`, { keys }, options)).data,
    removeMany: async (id: ProviderId, ids: readonly ProviderUserId[], options?: RequestOptions) =>
      (await http.delete<List<BulkResult>>(base(id), { ids }, options)).data,
  };
}
