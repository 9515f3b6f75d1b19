import { accountsApi } from "./accounts";
import { administrationApi } from "./administration";
import { attachmentsApi } from "./attachments";
import { auditApi } from "./audit";
import { baselinesApi } from "./baselines";
import { billingApi } from "./billing";
import { adminCiphersApi, ciphersApi } from "./ciphers";
import { clientsApi } from "./clients";
import { configApi } from "./config";
import { devicesApi } from "./devices";
import { eventsApi } from "./events";
import { fleetApi } from "./fleet";
import { foldersApi } from "./folders";
import { groupsApi } from "./groups";
import type { Http } from "./http";
import { identityApi } from "./identity";
import { organizationsApi } from "./organizations";
import { overviewApi } from "./overview";
import { policiesApi } from "./policies";
import { providerKeysApi } from "./providerKeys";
import { providersApi } from "./providers";
import { recoveryApi } from "./recovery";
import { staffApi } from "./staff";
import { syncApi } from "./sync";
import { twoFactorApi } from "./twoFactor";

export { ApiError, IdentityError, type IdentityErrorKind, NetworkError } from "./error";
export type * from "./wire";

/** Loads a part with its first use, so that the log-in does not carry it. */
function onDemand<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

export function createApi(http: Http) {
  return {
    accounts: accountsApi(http),
    adminCiphers: adminCiphersApi(http),
    administration: administrationApi(http),
    attachments: attachmentsApi(http),
    audit: auditApi(http),
    authRequests: onDemand(() =>
      import("./authRequests").then(({ authRequestsApi }) => authRequestsApi(http)),
    ),
    baselines: baselinesApi(http),
    billing: billingApi(http),
    ciphers: ciphersApi(http),
    clients: clientsApi(http),
    config: configApi(http),
    devices: devicesApi(http),
    events: eventsApi(http),
    fleet: fleetApi(http),
    folders: foldersApi(http),
    groups: groupsApi(http),
    identity: identityApi(http),
    organizations: organizationsApi(http),
    overview: overviewApi(http),
    policies: policiesApi(http),
    providerKeys: providerKeysApi(http),
    providers: providersApi(http),
    recovery: recoveryApi(http),
    sendAccess: onDemand(() => import("./sendAccess").then(({ sendAccessApi }) => sendAccessApi(http))),
    sends: onDemand(() => import("./sends").then(({ sendsApi }) => sendsApi(http))),
    staff: staffApi(http),
    sync: syncApi(http),
    twoFactor: twoFactorApi(http),
  };
}

export type Api = ReturnType<typeof createApi>;
