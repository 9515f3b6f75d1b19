import type { Keyring } from "./acts/keyring";
import {
  openListSend,
  openSend,
  proveSendPassword,
  receiveSend,
  receiveSendFile,
  sendLink,
} from "./acts/openSend";
import { rewrapSend, sealSend, sealSendFile } from "./acts/sealSend";
import type { EncText } from "./model/encrypted";
import type { KeyHandle } from "./model/keys";
import type { SendAccessRecord, SendDraft, SendRecord } from "./model/sends";

/** What a worker can be asked for about Sends. The recipient's part needs no key of the keyring: it is in the link. */
export const sendOperations = {
  openSends: (ring: Keyring, sends: readonly SendRecord[], userKey: KeyHandle) =>
    Promise.all(sends.map((send) => openListSend(send, ring.key(userKey)))),
  openSend: async (ring: Keyring, send: SendRecord, userKey: KeyHandle) => openSend(send, ring.key(userKey)),
  sendLink: async (ring: Keyring, send: SendRecord, userKey: KeyHandle) => sendLink(send, ring.key(userKey)),
  sealSend: async (ring: Keyring, draft: SendDraft, userKey: KeyHandle, existing?: SendRecord) =>
    sealSend(draft, ring.key(userKey), existing),
  sealSendFile: async (ring: Keyring, key: EncText, userKey: KeyHandle, file: Blob) =>
    sealSendFile(key, ring.key(userKey), file),
  rewrapSends: (ring: Keyring, sends: readonly SendRecord[], from: KeyHandle, to: KeyHandle) =>
    Promise.all(sends.map((send) => rewrapSend(send, ring.key(from), ring.key(to)))),

  receiveSend: (_: Keyring, send: SendAccessRecord, linkKey: string) => receiveSend(send, linkKey),
  receiveSendFile: (_: Keyring, file: Blob, linkKey: string) => receiveSendFile(file, linkKey),
  proveSendPassword: (_: Keyring, password: string, linkKey: string) => proveSendPassword(password, linkKey),
} as const;
