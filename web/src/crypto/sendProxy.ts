import type { Endpoint } from "./endpoint";
import type { EncText } from "./model/encrypted";
import type { KeyHandle } from "./model/keys";
import type {
  EncryptedSend,
  ReceivedSend,
  RewrappedSend,
  SendAccessRecord,
  SendDraft,
  SendListItem,
  SendRecord,
  SendView,
} from "./model/sends";

/** The part of the door to the keys that is about Sends. Files travel as Blobs, which no thread copies. */
export interface SendCrypto {
  openSends(sends: readonly SendRecord[], userKey: KeyHandle): Promise<SendListItem[]>;
  openSend(send: SendRecord, userKey: KeyHandle): Promise<SendView>;
  /** `{accessId}/{key}`, the end of the link. Secret: it reads the Send. */
  sendLink(send: SendRecord, userKey: KeyHandle): Promise<string>;
  /** With the record that is being changed, the seed and with it the link stay. */
  sealSend(draft: SendDraft, userKey: KeyHandle, existing?: SendRecord): Promise<EncryptedSend>;
  /** `key` is that of the sealed Send which the file belongs to. */
  sealSendFile(key: EncText, userKey: KeyHandle, file: Blob): Promise<Blob>;
  /** For a new user key; rejects when one cannot be opened. */
  rewrapSends(sends: readonly SendRecord[], from: KeyHandle, to: KeyHandle): Promise<RewrappedSend[]>;

  // Without an account, with the last part of a link.
  receiveSend(send: SendAccessRecord, linkKey: string): Promise<ReceivedSend>;
  receiveSendFile(file: Blob, linkKey: string): Promise<Blob>;
  /** What the server compares to know that somebody has the password of a Send. */
  proveSendPassword(password: string, linkKey: string): Promise<string>;
}

export const sendsOver = ({ run }: Endpoint): SendCrypto => ({
  openSends: (sends, userKey) => run("openSends", sends, userKey),
  openSend: (send, userKey) => run("openSend", send, userKey),
  sendLink: (send, userKey) => run("sendLink", send, userKey),
  sealSend: (draft, userKey, existing) => run("sealSend", draft, userKey, existing),
  sealSendFile: (key, userKey, file) => run("sealSendFile", key, userKey, file),
  rewrapSends: (sends, from, to) => run("rewrapSends", sends, from, to),
  receiveSend: (send, linkKey) => run("receiveSend", send, linkKey),
  receiveSendFile: (file, linkKey) => run("receiveSendFile", file, linkKey),
  proveSendPassword: (password, linkKey) => run("proveSendPassword", password, linkKey),
});
