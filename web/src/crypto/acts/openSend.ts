import type { EncText } from "../model/encrypted";
import type {
  EncryptedSendFile,
  ReceivedSend,
  SendAccessRecord,
  SendListItem,
  SendProtection,
  SendRecord,
  SendTypeName,
  SendView,
} from "../model/sends";
import { toBase64Url } from "../primitives/bytes";
import { openFile } from "../primitives/encFile";
import { sendPasswordHash } from "../primitives/sendKey";
import { openText, type SymmetricKey } from "../primitives/symmetric";
import { authTypeOf } from "./sealSend";
import { keyOfSeed, withLinkKey, withSeed } from "./sendSeed";

const typeNames: readonly SendTypeName[] = ["text", "file"];
const typeOf = (type: number): SendTypeName | null => typeNames[type] ?? null;

const textOf = async (key: SymmetricKey, text: EncText | null | undefined): Promise<string> =>
  text ? openText(key, text) : "";

function protectionOf(send: SendRecord): SendProtection {
  const kinds = {
    0: { kind: "emails", emails: (send.emails ?? "").split(",").filter(Boolean) },
    1: { kind: "password", password: "" },
    2: { kind: "link" },
  } as const;
  return kinds[authTypeOf(send)];
}

async function openSendFile(key: SymmetricKey, file: EncryptedSendFile | null | undefined) {
  if (!file) return null;
  return { id: file.id, name: await openText(key, file.fileName), size: Number(file.size ?? 0) };
}

const plainParts = (send: SendRecord) => ({
  id: send.id,
  type: typeOf(send.type),
  protection: protectionOf(send),
  accessCount: send.accessCount,
  maxAccessCount: send.maxAccessCount ?? null,
  disabled: send.disabled,
  hideEmail: send.hideEmail,
  revisionDate: send.revisionDate,
  deletionDate: send.deletionDate,
  expirationDate: send.expirationDate ?? null,
});

async function openForList(send: SendRecord, key: SymmetricKey): Promise<SendListItem> {
  const [name, file] = await Promise.all([openText(key, send.name), openSendFile(key, send.file)]);
  return { ...plainParts(send), name, file, broken: false };
}

/** Opens what the list needs. Never rejects for a bad Send: that one is listed as broken. */
export async function openListSend(send: SendRecord, userKey: SymmetricKey): Promise<SendListItem> {
  try {
    return await withSeed(userKey, send.key, async (seed) => openForList(send, await keyOfSeed(seed)));
  } catch {
    return { ...plainParts(send), name: "", file: null, broken: true };
  }
}

export const openSend = (send: SendRecord, userKey: SymmetricKey): Promise<SendView> =>
  withSeed(userKey, send.key, async (seed) => {
    const key = await keyOfSeed(seed);
    const [listed, text, notes] = await Promise.all([
      openForList(send, key),
      textOf(key, send.text?.text),
      textOf(key, send.notes),
    ]);
    return { ...listed, text, notes, hidden: send.text?.hidden ?? false };
  });

/** The end of the link: whoever has it reads the Send. Made when somebody copies it, and not kept. */
export const sendLink = (send: SendRecord, userKey: SymmetricKey): Promise<string> =>
  withSeed(userKey, send.key, async (seed) => `${send.accessId}/${toBase64Url(seed)}`);

/** What the recipient reads, with the key from the link. */
export const receiveSend = (send: SendAccessRecord, linkKey: string): Promise<ReceivedSend> =>
  withLinkKey(linkKey, async (seed) => {
    const key = await keyOfSeed(seed);
    const [name, text, file] = await Promise.all([
      openText(key, send.name),
      textOf(key, send.text?.text),
      openSendFile(key, send.file),
    ]);
    return {
      type: typeOf(send.type),
      ...{ name, text, file },
      hidden: send.text?.hidden ?? false,
      expirationDate: send.expirationDate ?? null,
      sender: send.creatorIdentifier ?? null,
    };
  });

export const receiveSendFile = (file: Blob, linkKey: string): Promise<Blob> =>
  withLinkKey(linkKey, async (seed) => {
    const sealed = new Uint8Array(await file.arrayBuffer());
    // A type that nothing shows: what somebody sends must never run as a page of this origin.
    return new Blob([await openFile(await keyOfSeed(seed), sealed)], { type: "application/octet-stream" });
  });

/** What proves the password of a Send to the server; the text is not under it. */
export const proveSendPassword = (password: string, linkKey: string): Promise<string> =>
  withLinkKey(linkKey, (seed) => sendPasswordHash(password, seed));
