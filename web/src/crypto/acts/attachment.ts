import type { CipherRecord, EncryptedAttachment, EncText } from "../model/encrypted";
import { type Bytes, wipe } from "../primitives/bytes";
import { openFile, sealFile } from "../primitives/encFile";
import {
  importKey,
  newKeyBytes,
  openBytes,
  type SymmetricKey,
  sealBytes,
  sealText,
} from "../primitives/symmetric";
import type { NewAttachment } from "../proxy";
import { itemKey } from "./itemKey";

async function attachmentKey(cipher: CipherRecord, wrapped: EncText, owner: SymmetricKey) {
  const bytes = await openBytes(await itemKey(owner, cipher.key), wrapped);
  try {
    return await importKey(bytes);
  } finally {
    wipe(bytes);
  }
}

/** A key for a new file of the item, and the file's name; the file itself follows with `sealAttachment`. */
export async function createAttachment(
  cipher: CipherRecord,
  owner: SymmetricKey,
  name: string,
): Promise<NewAttachment> {
  const under = await itemKey(owner, cipher.key);
  const bytes = newKeyBytes();
  try {
    const [key, fileName] = await Promise.all([sealBytes(under, bytes), sealText(under, name)]);
    return { key, fileName };
  } finally {
    wipe(bytes);
  }
}

/** Another name for a file that is there. */
export const sealAttachmentName = async (
  cipher: CipherRecord,
  owner: SymmetricKey,
  name: string,
): Promise<EncText> => sealText(await itemKey(owner, cipher.key), name);

/** Blobs travel between threads without being copied, and the engine may keep them on disk. */
const bytesOf = async (file: Blob): Promise<Bytes> => new Uint8Array(await file.arrayBuffer());

// A type that nothing shows: what somebody stores must never run as a page of this origin.
const asFile = (bytes: Bytes): Blob => new Blob([bytes], { type: "application/octet-stream" });

export async function sealAttachment(
  cipher: CipherRecord,
  owner: SymmetricKey,
  key: EncText,
  file: Blob,
): Promise<Blob> {
  const sealed = await sealFile(await attachmentKey(cipher, key, owner), await bytesOf(file));
  return asFile(sealed);
}

/** A file of the oldest format has no key: it is under its owner's key itself, whatever key the item has. */
export async function openAttachment(
  cipher: CipherRecord,
  owner: SymmetricKey,
  attachment: EncryptedAttachment,
  file: Blob,
): Promise<Blob> {
  const key = attachment.key ? await attachmentKey(cipher, attachment.key, owner) : owner;
  return asFile(await openFile(key, await bytesOf(file)));
}
