import type { Http, RequestOptions } from "./http";
import type { SyncAnswer } from "./wire";

export function syncApi(http: Http) {
  return {
    sync: (options?: RequestOptions) => http.get<SyncAnswer>("/api/sync", options),
    /** Milliseconds since the epoch; negative when the account is gone. */
    revisionDate: (options?: RequestOptions) => http.get<number>("/api/accounts/revision-date", options),
  };
}
