import type { ClientId, GroupId, OrgId, ProviderId } from "@/crypto/model/ids";
import type { Proof } from "./accounts";
import type { Http, RequestOptions } from "./http";
import type { MemberStatus, MemberType, Provider } from "./wire";

/** One line of a table of invitations. */
export interface InvitationRow {
  /** Its name or its id. */
  readonly client: string;
  readonly email: string;
  readonly type: MemberType;
  /** By their names. */
  readonly groups: readonly string[];
}

/** What an invitation would become; nothing is sent yet. */
export interface CheckedRow {
  /** Which one of the rows that were sent, from 0 on. */
  readonly row: number;
  readonly clientId: ClientId | null;
  readonly organizationId: OrgId | null;
  readonly clientName: string | null;
  readonly email: string;
  readonly type: MemberType;
  readonly groupIds: readonly GroupId[];
  readonly error: string | null;
  /** The person is there already, in this status. */
  readonly already: MemberStatus | null;
}

export interface CheckedRows {
  readonly data: readonly CheckedRow[];
  readonly clients: readonly {
    readonly clientId: ClientId;
    readonly name: string;
    /** Seats that nobody takes yet; null without a limit. */
    readonly free: number | null;
    readonly wanted: number;
  }[];
}

export interface SeatPlan {
  readonly data: readonly {
    readonly id: ClientId;
    readonly name: string;
    readonly before: number;
    readonly after: number;
    readonly occupied: number;
    readonly error: string | null;
  }[];
  readonly plans: readonly {
    readonly type: number;
    readonly name: string;
    readonly seatMinimum: number;
    readonly assignedBefore: number;
    readonly assignedAfter: number;
    readonly purchasedBefore: number;
    readonly purchasedAfter: number;
  }[];
}

export interface ProviderSubscription {
  readonly status: string;
  readonly plans: readonly {
    readonly planName: string;
    readonly type: number;
    readonly seatMinimum: number;
    readonly purchasedSeats: number;
    readonly assignedSeats: number;
  }[];
}

export interface ProviderChange {
  readonly name: string;
  readonly businessName: string | null;
  readonly billingEmail: string;
}

/** What is done to many clients at once, and what concerns the provider as a whole. */
export function fleetApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}`;
  return {
    checkInvitations: (id: ProviderId, rows: readonly InvitationRow[], options?: RequestOptions) =>
      http.post<CheckedRows>(`${base(id)}/people/check`, { rows }, options),
    /** Rows with an error change nothing, the others are done. */
    seats: (
      id: ProviderId,
      request: {
        readonly dryRun: boolean;
        readonly rows: readonly { readonly id: ClientId; readonly seats: number }[];
      },
      options?: RequestOptions,
    ) => http.post<SeatPlan>(`${base(id)}/clients/seats`, request, options),

    subscription: (id: ProviderId, options?: RequestOptions) =>
      http.get<ProviderSubscription>(`${base(id)}/billing/subscription`, options),
    update: (id: ProviderId, change: ProviderChange) => http.put<Provider>(base(id), change),
    remove: (id: ProviderId, proof: Proof) => http.delete(base(id), proof),
    /** By the link that an operator gave out; nobody needs to be logged in. */
    removeByLink: (id: ProviderId, token: string) =>
      http.call<void>(`${base(id)}/delete-recover-token`, {
        method: "POST",
        body: { token },
        authenticated: false,
      }),
  };
}
