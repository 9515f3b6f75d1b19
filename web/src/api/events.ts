import type { CipherId, MemberId, OrgId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { EventRecord, List } from "./wire";

/** Whose log it is. */
export type LogOf =
  | { readonly organizationId: OrgId }
  | { readonly organizationId: OrgId; readonly memberId: MemberId }
  | { readonly cipherId: CipherId };

export interface EventQuery {
  /** Moments, ISO 8601. Without both, the last 30 days. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** Families of kinds, with commas between. */
  readonly type?: string | undefined;
  readonly continuationToken?: string | undefined;
}

function pathOf(log: LogOf): string {
  if ("cipherId" in log) return `/api/ciphers/${log.cipherId}/events`;
  const base = `/api/organizations/${log.organizationId}`;
  return "memberId" in log ? `${base}/users/${log.memberId}/events` : `${base}/events`;
}

export function eventsApi(http: Http) {
  return {
    page: (log: LogOf, query: EventQuery, options?: RequestOptions) => {
      const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
      return http.get<List<EventRecord>>(`${pathOf(log)}?${new URLSearchParams(given)}`, options);
    },
  };
}
