import type { EncText, FolderRecord } from "@/crypto/model/encrypted";
import type { FolderId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";

export function foldersApi(http: Http) {
  return {
    get: (id: FolderId, options?: RequestOptions) => http.get<FolderRecord>(`/api/folders/${id}`, options),
    create: (name: EncText) => http.post<FolderRecord>("/api/folders", { name }),
    rename: (id: FolderId, name: EncText) => http.put<FolderRecord>(`/api/folders/${id}`, { name }),
    remove: (id: FolderId) => http.delete(`/api/folders/${id}`),
  };
}
