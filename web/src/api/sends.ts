import type { EncText } from "@/crypto/model/encrypted";
import type { SendId } from "@/crypto/model/ids";
import type { EncryptedSend, SendRecord } from "@/crypto/model/sends";
import type { Http, RequestOptions } from "./http";
import { type TransferOptions, uploadFile } from "./transfer";

/** A Send of a file exists at once, and is there for recipients when its file has arrived. */
export interface AnnouncedSend {
  readonly sendResponse: SendRecord;
}

/** The Sends of one's own account. */
export function sendsApi(http: Http) {
  return {
    get: (id: SendId, options?: RequestOptions) => http.get<SendRecord>(`/api/sends/${id}`, options),
    create: (send: EncryptedSend) => http.post<SendRecord>("/api/sends", send),
    /** `fileLength` is the encrypted size, in bytes. */
    announce: (send: EncryptedSend, fileLength: number) =>
      http.post<AnnouncedSend>("/api/sends/file/v2", { ...send, fileLength }),
    /** `name` is the encrypted one. */
    upload: (
      id: SendId,
      fileId: string,
      file: Blob,
      name: EncText,
      options?: TransferOptions,
    ): Promise<void> => uploadFile(http, `/api/sends/${id}/file/${fileId}`, file, name, options),
    update: (id: SendId, send: EncryptedSend) => http.put<SendRecord>(`/api/sends/${id}`, send),
    /** From then on the link alone opens it. */
    removeProtection: (id: SendId) => http.put<SendRecord>(`/api/sends/${id}/remove-auth`),
    remove: (id: SendId) => http.delete(`/api/sends/${id}`),
  };
}

export type SendsApi = ReturnType<typeof sendsApi>;
