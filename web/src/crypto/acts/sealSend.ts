import type { EncText } from "../model/encrypted";
import type {
  EncryptedSend,
  RewrappedSend,
  SendAuthType,
  SendDraft,
  SendProtection,
  SendRecord,
} from "../model/sends";
import { type Bytes, randomBytes } from "../primitives/bytes";
import { sealFile } from "../primitives/encFile";
import { sendPasswordHash } from "../primitives/sendKey";
import { type SymmetricKey, sealBytes, sealText } from "../primitives/symmetric";
import { keyOfSeed, seedLength, withSeed } from "./sendSeed";

/** A new Send with a new seed, or a changed one with the seed that it has: its link stays the same. */
export async function sealSend(
  draft: SendDraft,
  userKey: SymmetricKey,
  existing?: SendRecord,
): Promise<EncryptedSend> {
  const key = existing?.key ?? (await sealBytes(userKey, randomBytes(seedLength)));
  return withSeed(userKey, key, async (seed) => {
    const under = await keyOfSeed(seed);
    const [name, notes, text, file, protection] = await Promise.all([
      sealText(under, draft.name),
      draft.notes === "" ? null : sealText(under, draft.notes),
      draft.type === "text" ? { text: await sealText(under, draft.text), hidden: draft.hidden } : null,
      draft.type === "file" ? { fileName: await sealText(under, draft.fileName) } : null,
      protect(draft.protection, seed),
    ]);
    const { maxAccessCount, deletionDate, expirationDate, disabled, hideEmail } = draft;
    return {
      ...{ type: draft.type === "text" ? 0 : 1, name, notes, key, text, file },
      ...{ maxAccessCount, deletionDate, expirationDate, disabled, hideEmail },
      ...protection,
    };
  });
}

async function protect(
  protection: SendProtection,
  seed: Bytes,
): Promise<Pick<EncryptedSend, "authType" | "password" | "emails">> {
  switch (protection.kind) {
    case "emails":
      return { authType: 0, password: null, emails: protection.emails.join(",") };
    case "password": {
      const { password } = protection;
      const hash = password === "" ? null : await sendPasswordHash(password, seed);
      return { authType: 1, password: hash, emails: null };
    }
    case "link":
      return { authType: 2, password: null, emails: null };
  }
}

/** The body of a file, under the key of the Send that `key` holds the seed of. Blobs are not copied between threads. */
export const sealSendFile = (key: EncText, userKey: SymmetricKey, file: Blob): Promise<Blob> =>
  withSeed(userKey, key, async (seed) => {
    const plain = new Uint8Array(await file.arrayBuffer());
    return new Blob([await sealFile(await keyOfSeed(seed), plain)], { type: "application/octet-stream" });
  });

/** What the server says about the protection, in the one form that it takes it back. */
export function authTypeOf({ authType, password, emails }: SendRecord): SendAuthType {
  if (authType === 0 || authType === 1 || authType === 2) return authType;
  return emails ? 0 : password ? 1 : 2;
}

/** For a new user key: only the seed is wrapped anew, and all that is under it stays as it is. */
export async function rewrapSend(
  send: SendRecord,
  from: SymmetricKey,
  to: SymmetricKey,
): Promise<RewrappedSend> {
  const { id, name, disabled, hideEmail, deletionDate } = send;
  return {
    ...{ id, name, disabled, hideEmail, deletionDate },
    type: send.type === 1 ? 1 : 0,
    authType: authTypeOf(send),
    key: await withSeed(from, send.key, (seed) => sealBytes(to, seed)),
    notes: send.notes ?? null,
    text: send.text ? { text: send.text.text, hidden: send.text.hidden ?? false } : null,
    file: send.file ? { fileName: send.file.fileName } : null,
    maxAccessCount: send.maxAccessCount ?? null,
    expirationDate: send.expirationDate ?? null,
    password: null,
    emails: send.emails ?? null,
  };
}
