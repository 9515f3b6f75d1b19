import type { BaselineId, ClientId, OrgId, ProviderId, TagId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";

/** What of a client somebody should look at. */
export type Alert = "confirmations" | "outOfSeats" | "drift" | "suspended" | "noOwner";

/** One client at a glance. */
export interface OverviewClient {
  readonly id: ClientId;
  readonly organizationId: OrgId;
  readonly name: string;
  readonly enabled: boolean;
  readonly status: number;
  readonly plan: string | null;
  readonly planType: number;
  readonly seats: number | null;
  readonly occupied: number;
  readonly tags: readonly TagId[];
  readonly members: {
    readonly invited: number;
    readonly accepted: number;
    readonly confirmed: number;
    readonly revoked: number;
    readonly staged: number;
  };
  /** How many of the confirmed have two-step login. */
  readonly twoStep: number;
  readonly baseline: { readonly id: BaselineId; readonly name: string } | null;
  /** How many settings differ from the baseline; null without one. */
  readonly drift: number | null;
  /** How many differences were agreed upon. */
  readonly deviations: number;
  readonly lastActivity: string | null;
  /** When somebody of the provider was there last, and who. */
  readonly lastAccess: string | null;
  readonly lastAccessBy: string | null;
  /** Alerts that a newer server knows are passed over. */
  readonly alerts: readonly (Alert | (string & {}))[];
}

export interface ProviderOverview {
  readonly clients: readonly OverviewClient[];
  readonly needsMe: {
    readonly confirmations: number;
    readonly outOfSeats: number;
    readonly drifted: number;
    readonly suspended: number;
    readonly noOwner: number;
    /** The last two are only told to administrators. */
    readonly staffToConfirm: number;
    readonly expiring: number;
  };
  readonly seats: readonly {
    readonly type: number;
    readonly name: string;
    readonly seatMinimum: number;
    readonly assigned: number;
    readonly purchased: number;
  }[];
}

export function overviewApi(http: Http) {
  return {
    get: (id: ProviderId, options?: RequestOptions) =>
      http.get<ProviderOverview>(`/api/providers/${id}/overview`, options),
  };
}
