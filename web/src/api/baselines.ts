import type { BaselineId, ClientId, OrgId, ProviderId, TagId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { List, Policy } from "./wire";

export const baselineSettings = [
  "limitCollectionCreation",
  "limitCollectionDeletion",
  "limitItemDeletion",
  "allowAdminAccessToAllCollectionItems",
] as const;
export type BaselineSetting = (typeof baselineSettings)[number];
/** Only those that are there matter. */
export type BaselineSettings = Readonly<Partial<Record<BaselineSetting, boolean>>>;

export type BaselinePolicy = Pick<Policy, "type" | "enabled" | "data">;

/** What a provider wants policies and settings of its clients to be. */
export interface Baseline {
  readonly id: BaselineId;
  readonly name: string;
  readonly description: string;
  /** Of several that reach a client by its tags, the lowest governs. */
  readonly rank: number;
  /** Owners of a client may do otherwise, with a reason. */
  readonly mayDeviate: boolean;
  readonly settings: BaselineSettings;
  readonly policies: readonly BaselinePolicy[];
  /** Assigned directly, of those that one reaches. */
  readonly clientIds: readonly ClientId[];
  readonly tagIds: readonly TagId[];
  readonly governs: number;
  readonly drifted: number;
  readonly revisionDate: string;
}

export interface BaselineRequest
  extends Pick<Baseline, "name" | "description" | "mayDeviate" | "settings" | "policies"> {
  /** Refused when somebody has changed it since. */
  readonly lastKnownRevisionDate?: string | undefined;
}

/** A policy as it is or should be; of a setting, whether it is on. */
export type DriftState = Pick<Policy, "enabled" | "data"> | boolean;

export interface Deviation {
  readonly reason: string;
  readonly by: string | null;
  readonly date: string;
}

/** One thing in which a client is not as its baseline wants. */
export interface Difference {
  /** "policy:5" or "setting:limitItemDeletion". */
  readonly subject: string;
  readonly expected: DriftState;
  readonly actual: DriftState;
  /** Names of what differs: "enabled", or some of the data. */
  readonly fields: readonly string[];
  readonly deviation: Deviation | null;
}

export interface ClientDrift {
  readonly clientId: ClientId;
  readonly organizationId: OrgId;
  readonly baselineId: BaselineId;
  readonly differences: readonly Difference[];
}

export interface AffectedPerson {
  readonly name: string | null;
  readonly email: string;
  /** What becomes of the person, as in the preview of a policy. */
  readonly effect: string;
}

export interface BaselinePreview {
  readonly clientId: ClientId;
  readonly baselineId: BaselineId;
  readonly changes: readonly {
    readonly subject: string;
    readonly blockedBy: string | null;
    readonly people: readonly AffectedPerson[];
  }[];
}

export interface BaselineApplied {
  readonly changes: readonly { readonly subject: string; readonly error: string | null }[];
}

/** What the people of a client see of its provider's baseline. */
export interface OwnBaseline {
  readonly governed: boolean;
  readonly providerName: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly mayDeviate: boolean;
  readonly differences: readonly Difference[];
  /** Also where nothing differs any more. */
  readonly deviations: readonly (Deviation & { readonly subject: string })[];
}

export function baselinesApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}`;
  const own = (id: OrgId) => `/api/organizations/${id}/baseline`;
  return {
    list: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<Baseline>>(`${base(id)}/baselines`, options)).data,
    create: (id: ProviderId, request: BaselineRequest) =>
      http.post<Baseline>(`${base(id)}/baselines`, request),
    update: (id: ProviderId, baseline: BaselineId, request: BaselineRequest) =>
      http.put<Baseline>(`${base(id)}/baselines/${baseline}`, request),
    remove: (id: ProviderId, baseline: BaselineId) => http.delete(`${base(id)}/baselines/${baseline}`),
    order: (id: ProviderId, ids: readonly BaselineId[]) => http.put(`${base(id)}/baselines/order`, { ids }),
    assign: (
      id: ProviderId,
      baseline: BaselineId,
      to: {
        readonly clientIds: readonly ClientId[];
        readonly tagIds: readonly TagId[];
        readonly lastKnownRevisionDate?: string;
      },
    ) => http.put<Baseline>(`${base(id)}/baselines/${baseline}/assignments`, to),

    drift: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<ClientDrift>>(`${base(id)}/baselines/drift`, options)).data,
    /** Of everything that differs, or of some subjects, each after those before it. */
    preview: (
      id: ProviderId,
      client: ClientId,
      subjects: readonly string[] | undefined,
      options?: RequestOptions,
    ) =>
      http.post<BaselinePreview>(
        `${base(id)}/clients/${client}/baseline/preview`,
        subjects === undefined ? {} : { subjects },
        options,
      ),
    /** Without subjects, everything that differs and was not accepted. */
    apply: (id: ProviderId, client: ClientId, subjects?: readonly string[]) =>
      http.post<BaselineApplied>(
        `${base(id)}/clients/${client}/baseline/apply`,
        subjects === undefined ? {} : { subjects },
      ),

    own: (id: OrgId, options?: RequestOptions) => http.get<OwnBaseline>(own(id), options),
    deviate: (id: OrgId, subject: string, reason: string) =>
      http.put<OwnBaseline>(`${own(id)}/deviations/${encodeURIComponent(subject)}`, { reason }),
    comply: (id: OrgId, subject: string) =>
      http.delete<OwnBaseline>(`${own(id)}/deviations/${encodeURIComponent(subject)}`),
  };
}
