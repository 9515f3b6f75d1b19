import type { CipherRecord, CollectionRecord, EncryptedCipher, EncText } from "@/crypto/model/encrypted";
import type { CollectionId, OrgId } from "@/crypto/model/ids";
import type { Proof } from "./accounts";
import type { Http, RequestOptions } from "./http";
import type { Access, ApiKey, List, Organization, OrganizationDomain } from "./wire";

export interface OrganizationChange {
  readonly name: string;
  readonly billingEmail: string | null;
  /** Refused when somebody has changed the settings since. */
  readonly lastKnownRevisionDate?: string | undefined;
}

export interface CollectionManagement {
  readonly limitCollectionCreation: boolean;
  readonly limitCollectionDeletion: boolean;
  readonly limitItemDeletion: boolean;
  readonly allowAdminAccessToAllCollectionItems: boolean;
  readonly lastKnownRevisionDate?: string | undefined;
}

export interface OrganizationImport {
  readonly ciphers: readonly EncryptedCipher[];
  /** With the id of one that is there, or none to make it. */
  readonly collections: readonly {
    readonly id: CollectionId | null;
    readonly name: EncText;
    readonly groups: readonly Access[];
    readonly users: readonly Access[];
  }[];
  /** `key` is the index of the item, `value` that of its collection. */
  readonly collectionRelationships: readonly { readonly key: number; readonly value: number }[];
}

export interface OrganizationExport {
  readonly collections: readonly CollectionRecord[];
  readonly ciphers: readonly CipherRecord[];
}

/** What the owners of an organization decide about it as a whole, and its vault as a whole. */
export function administrationApi(http: Http) {
  const base = (id: OrgId) => `/api/organizations/${id}`;
  const domain = (id: OrgId) => `${base(id)}/domain`;
  return {
    update: (id: OrgId, change: OrganizationChange) => http.put<Organization>(base(id), change),
    setCollectionManagement: (id: OrgId, settings: CollectionManagement) =>
      http.put<Organization>(`${base(id)}/collection-management`, settings),
    /** Whether the staff of the provider reaches items; for the organization's own owners. */
    setProviderAccess: (id: OrgId, providerItemAccess: boolean) =>
      http.put<Organization>(`${base(id)}/provider-access`, { providerItemAccess }),
    publicKey: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<{ readonly publicKey: string }>(`${base(id)}/public-key`, options)).publicKey,

    apiKey: (id: OrgId, proof: Proof) => http.post<ApiKey>(`${base(id)}/api-key`, { type: 0, ...proof }),
    rotateApiKey: (id: OrgId, proof: Proof) =>
      http.post<ApiKey>(`${base(id)}/rotate-api-key`, { type: 0, ...proof }),

    domains: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<OrganizationDomain>>(domain(id), options)).data,
    addDomain: (id: OrgId, domainName: string) => http.post<OrganizationDomain>(domain(id), { domainName }),
    verifyDomain: (id: OrgId, which: string) =>
      http.post<OrganizationDomain>(`${domain(id)}/${which}/verify`),
    removeDomain: (id: OrgId, which: string) => http.delete(`${domain(id)}/${which}`),

    purge: (id: OrgId, proof: Proof) =>
      http.post(`/api/ciphers/purge?${new URLSearchParams({ organizationId: id })}`, proof),
    remove: (id: OrgId, proof: Proof) => http.delete(base(id), proof),

    /** All or nothing. */
    import: (id: OrgId, request: OrganizationImport, options?: RequestOptions) =>
      http.post(
        `/api/ciphers/import-organization?${new URLSearchParams({ organizationId: id })}`,
        { folders: [], folderRelationships: [], ...request },
        options,
      ),
    export: (id: OrgId, options?: RequestOptions) =>
      http.get<OrganizationExport>(`${base(id)}/export`, options),
  };
}
