import type { EncryptedAttachment, EncText } from "@/crypto/model/encrypted";
import type { CipherId, OrgId, ProviderId } from "@/crypto/model/ids";
import type { Http } from "./http";
import { downloadFile, type TransferOptions, uploadFile } from "./transfer";
import type { CipherRecord, StorageUse } from "./wire";

export interface AttachmentRequest {
  readonly key: EncText;
  readonly fileName: EncText;
  /** Encrypted, in bytes. */
  readonly fileSize: number;
  /** By the rights of the console instead of one's own way to the item. */
  readonly adminRequest: boolean;
  readonly lastKnownRevisionDate: string;
}

export interface AttachmentUpload {
  readonly attachmentId: string;
  readonly cipherResponse?: CipherRecord | null;
  readonly cipherMiniResponse?: CipherRecord | null;
}

export interface AttachmentAddress extends EncryptedAttachment {
  readonly url: string;
}

const path = (cipher: CipherId, attachment: string) => `/api/ciphers/${cipher}/attachment/${attachment}`;

/** `admin` takes the way of those who administer the organization's items. */
export function attachmentsApi(http: Http) {
  const way = (admin: boolean) => (admin ? "/admin" : "");
  return {
    announce: (cipher: CipherId, request: AttachmentRequest) =>
      http.post<AttachmentUpload>(`/api/ciphers/${cipher}/attachment/v2`, request),
    /** `name` is the encrypted one. */
    upload: (
      cipher: CipherId,
      attachment: string,
      file: Blob,
      name: EncText,
      options?: TransferOptions,
    ): Promise<void> => uploadFile(http, path(cipher, attachment), file, name, options),
    address: (cipher: CipherId, attachment: string, admin: boolean, options?: TransferOptions) =>
      http.get<AttachmentAddress>(`${path(cipher, attachment)}${way(admin)}`, options),
    download: (url: string, options?: TransferOptions) => downloadFile(http, url, options),
    remove: (cipher: CipherId, attachment: string, admin: boolean) =>
      http.delete<{ readonly cipher: CipherRecord | null } | undefined>(
        `${path(cipher, attachment)}${way(admin)}`,
      ),

    ownStorage: () => http.get<StorageUse>("/api/accounts/storage"),
    organizationStorage: (id: OrgId) => http.get<StorageUse>(`/api/organizations/${id}/storage`),
    /** null goes back to what the server gives to every organization. */
    setClientStorage: (provider: ProviderId, client: string, limit: number | null) =>
      http.put<StorageUse | undefined>(`/api/providers/${provider}/organizations/${client}/storage`, {
        limit,
      }),
  };
}
