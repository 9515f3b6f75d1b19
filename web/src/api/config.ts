import type { Http, RequestOptions } from "./http";
import type { ServerConfig } from "./wire";

export function configApi(http: Http) {
  return {
    config: (options?: RequestOptions) =>
      http.call<ServerConfig>("/api/config", { ...options, authenticated: false }),
  };
}
