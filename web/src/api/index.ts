import { accountsApi } from "./accounts";
import { adminCiphersApi, ciphersApi } from "./ciphers";
import { configApi } from "./config";
import { devicesApi } from "./devices";
import { foldersApi } from "./folders";
import { groupsApi } from "./groups";
import type { Http } from "./http";
import { identityApi } from "./identity";
import { organizationsApi } from "./organizations";
import { providersApi } from "./providers";
import { syncApi } from "./sync";

export { ApiError, IdentityError, type IdentityErrorKind, NetworkError } from "./error";
export type * from "./wire";

export function createApi(http: Http) {
  return {
    accounts: accountsApi(http),
    adminCiphers: adminCiphersApi(http),
    ciphers: ciphersApi(http),
    config: configApi(http),
    devices: devicesApi(http),
    folders: foldersApi(http),
    groups: groupsApi(http),
    identity: identityApi(http),
    organizations: organizationsApi(http),
    providers: providersApi(http),
    sync: syncApi(http),
  };
}

export type Api = ReturnType<typeof createApi>;
