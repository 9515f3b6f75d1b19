import type { EncText, FolderRecord } from "@/crypto/model/encrypted";
import type { FolderId } from "@/crypto/model/ids";
import type { Http } from "./http";

export function foldersApi(http: Http) {
  return {
    create: (name: EncText) => http.post<FolderRecord>("/api/folders", { name }),
    rename: (id: FolderId, name: EncText) => http.put<FolderRecord>(`/api/folders/${id}`, { name }),
    remove: (id: FolderId) => http.delete(`/api/folders/${id}`),
  };
}
