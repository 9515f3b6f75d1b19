import type { ClientId, MemberId, OrgId, ProviderId, ProviderUserId, UserId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { EventRecord, List, MemberStatus, MemberType } from "./wire";

/** An event of the provider or of one of its clients, with the names that the server knows. */
export interface AuditRecord extends EventRecord {
  readonly id: string;
  readonly providerUserId: ProviderUserId | null;
  readonly providerOrganizationId: ClientId | null;
  /** null for what concerns the provider itself. */
  readonly clientId: ClientId | null;
  readonly clientName: string | null;
  readonly actingUserName: string | null;
  readonly actingUserEmail: string | null;
  readonly userName: string | null;
  readonly userEmail: string | null;
  readonly apiKeyId: string | null;
  readonly apiKeyName: string | null;
}

export interface AuditQuery {
  /** Moments, ISO 8601. Without both, the last 30 days. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** Ids, with commas between. */
  readonly clients?: string | undefined;
  readonly acting?: UserId | undefined;
  /** Families of kinds, with commas between. */
  readonly categories?: string | undefined;
  readonly continuationToken?: string | undefined;
}

/** A member of one of the provider's clients. */
export interface FleetPerson {
  readonly clientId: ClientId;
  readonly organizationId: OrgId;
  readonly clientName: string;
  readonly memberId: MemberId;
  readonly name: string | null;
  readonly email: string;
  readonly status: MemberStatus;
  readonly type: MemberType;
  readonly twoStep: boolean;
  readonly revisionDate: string;
}

export interface FleetQuery {
  readonly search?: string | undefined;
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly twoStep?: string | undefined;
  readonly client?: ClientId | undefined;
  readonly continuationToken?: string | undefined;
}

export interface FleetPage extends List<FleetPerson> {
  readonly total: number;
}

const given = (query: object) =>
  new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])));

/** What spans all clients of a provider: their log, and their people. */
export function auditApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}`;
  return {
    page: (id: ProviderId, query: AuditQuery, options?: RequestOptions) =>
      http.get<List<AuditRecord>>(`${base(id)}/audit?${given(query)}`, options),
    people: (id: ProviderId, query: FleetQuery, options?: RequestOptions) =>
      http.get<FleetPage>(`${base(id)}/people?${given(query)}`, options),
  };
}
