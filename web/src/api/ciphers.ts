import type { CipherRecord, EncryptedCipher, EncText } from "@/crypto/model/encrypted";
import type { CipherId, CollectionId, FolderId, OrgId } from "@/crypto/model/ids";
import type { Proof } from "./accounts";
import type { Http, RequestOptions } from "./http";
import type { CollectionsAnswer, List } from "./wire";

type Ids = readonly CipherId[];
type CollectionIds = readonly CollectionId[];

export interface ImportRequest {
  readonly ciphers: readonly EncryptedCipher[];
  readonly folders: readonly { readonly name: EncText }[];
  /** `key` is the index of the item, `value` that of its folder. */
  readonly folderRelationships: readonly { readonly key: number; readonly value: number }[];
}

export function ciphersApi(http: Http) {
  return {
    create: (cipher: EncryptedCipher) => http.post<CipherRecord>("/api/ciphers", cipher),
    createInOrganization: (cipher: EncryptedCipher, collectionIds: CollectionIds) =>
      http.post<CipherRecord>("/api/ciphers/create", { cipher, collectionIds }),
    get: (id: CipherId, options?: RequestOptions) =>
      http.get<CipherRecord>(`/api/ciphers/${id}/details`, options),
    update: (id: CipherId, cipher: EncryptedCipher) => http.put<CipherRecord>(`/api/ciphers/${id}`, cipher),
    /** Folder and favourite only: possible without the right to edit. */
    updatePartial: (id: CipherId, part: { folderId: FolderId | null; favorite: boolean }) =>
      http.put<CipherRecord>(`/api/ciphers/${id}/partial`, part),
    share: (id: CipherId, cipher: EncryptedCipher, collectionIds: CollectionIds) =>
      http.put<CipherRecord>(`/api/ciphers/${id}/share`, { cipher, collectionIds }),
    setCollections: (id: CipherId, collectionIds: CollectionIds) =>
      http.put<CollectionsAnswer>(`/api/ciphers/${id}/collections_v2`, { collectionIds }),

    move: (ids: Ids, folderId: FolderId | null) => http.put("/api/ciphers/move", { ids, folderId }),
    trash: (ids: Ids) => http.put("/api/ciphers/delete", { ids }),
    restore: async (ids: Ids) => (await http.put<List<CipherRecord>>("/api/ciphers/restore", { ids })).data,
    remove: (ids: Ids) => http.delete("/api/ciphers", { ids }),
    archive: async (ids: Ids) => (await http.put<List<CipherRecord>>("/api/ciphers/archive", { ids })).data,
    unarchive: async (ids: Ids) =>
      (await http.put<List<CipherRecord>>("/api/ciphers/unarchive", { ids })).data,
    purge: (proof: Proof) => http.post("/api/ciphers/purge", proof),
    import: (request: ImportRequest) => http.post("/api/ciphers/import", request),
  };
}

/** The routes of people who administer an organization's items: its own admins, and its provider's users. */
export function adminCiphersApi(http: Http) {
  return {
    list: async (organizationId: OrgId, options?: RequestOptions) => {
      const query = new URLSearchParams({ organizationId });
      return (await http.get<List<CipherRecord>>(`/api/ciphers/organization-details?${query}`, options)).data;
    },
    create: (cipher: EncryptedCipher, collectionIds: CollectionIds) =>
      http.post<CipherRecord>("/api/ciphers/admin", { cipher, collectionIds }),
    get: (id: CipherId, options?: RequestOptions) =>
      http.get<CipherRecord>(`/api/ciphers/${id}/admin`, options),
    update: (id: CipherId, cipher: EncryptedCipher) =>
      http.put<CipherRecord>(`/api/ciphers/${id}/admin`, cipher),
    setCollections: (id: CipherId, collectionIds: CollectionIds) =>
      http.put<CipherRecord>(`/api/ciphers/${id}/collections-admin`, { collectionIds }),
    /** Of one's own way to them: those in collections that are assigned to oneself. */
    listAssigned: async (organizationId: OrgId, options?: RequestOptions) => {
      const query = new URLSearchParams({ organizationId });
      return (
        await http.get<List<CipherRecord>>(`/api/ciphers/organization-details/assigned?${query}`, options)
      ).data;
    },
    trash: (organizationId: OrgId, ids: Ids) =>
      http.put("/api/ciphers/delete-admin", { ids, organizationId }),
    restore: async (organizationId: OrgId, ids: Ids) =>
      (await http.put<List<CipherRecord>>("/api/ciphers/restore-admin", { ids, organizationId })).data,
    remove: (organizationId: OrgId, ids: Ids) => http.delete("/api/ciphers/admin", { ids, organizationId }),
  };
}
