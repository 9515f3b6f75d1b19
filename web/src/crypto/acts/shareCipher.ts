import { CryptoError } from "../error";
import type { CipherRecord, EncryptedCipher, EncText } from "../model/encrypted";
import type { OrgId } from "../model/ids";
import { wipe } from "../primitives/bytes";
import { openBytes, openText, type SymmetricKey, sealBytes, sealText } from "../primitives/symmetric";
import { openCipher } from "./openCipher";
import { sealCipher } from "./sealCipher";

async function rewrap(from: SymmetricKey, to: SymmetricKey, wrapped: EncText): Promise<EncText> {
  const bytes = await openBytes(from, wrapped);
  try {
    return await sealBytes(to, bytes);
  } finally {
    wipe(bytes);
  }
}

/** With a key of its own, only that key changes hands: the fields below it stay as they are. */
async function shareKeyed(cipher: CipherRecord, key: EncText, from: SymmetricKey, to: SymmetricKey) {
  if (!cipher.name)
    throw new CryptoError("unsupported", "This item was written by a newer client (version 2).");
  const { login, secureNote, card, identity, sshKey, bankAccount, driversLicense, passport } = cipher;
  const content = { login, secureNote, card, identity, sshKey, bankAccount, driversLicense, passport };
  return {
    ...Object.fromEntries(Object.entries(content).filter(([, part]) => part)),
    name: cipher.name,
    notes: cipher.notes ?? null,
    fields: cipher.fields ?? null,
    passwordHistory: cipher.passwordHistory ?? null,
    type: cipher.type,
    key: await rewrap(from, to, key),
    attachments2: Object.fromEntries(
      (cipher.attachments ?? []).map(({ id, fileName, key }) => [id, { fileName, key: key ?? null }]),
    ),
  };
}

async function shareUnkeyed(cipher: CipherRecord, from: SymmetricKey, to: SymmetricKey) {
  const view = await openCipher(cipher, from);
  if (view.broken.length > 0) {
    throw new CryptoError("undecryptable", "Parts of this item are damaged and would be lost.");
  }
  const attachments = await Promise.all(
    (cipher.attachments ?? []).map(async ({ id, fileName, key }) => {
      const name = await sealText(to, await openText(from, fileName));
      return [id, { fileName: name, key: key ? await rewrap(from, to, key) : null }] as const;
    }),
  );
  return { ...(await sealCipher(view, to)), attachments2: Object.fromEntries(attachments) };
}

/**
 * A personal item as it goes into an organization, or under another key of the same person (null). Folder and
 * favourite stay with the person.
 */
export async function shareCipher(
  cipher: CipherRecord,
  from: SymmetricKey,
  to: SymmetricKey,
  organizationId: OrgId | null,
): Promise<EncryptedCipher> {
  if (cipher.attachments?.some(({ key }) => !key)) {
    // Such a file is encrypted with the owner's key itself and would have to be uploaded again.
    throw new CryptoError("unsupported", "This item has an attachment of the oldest format.");
  }
  const content = cipher.key
    ? await shareKeyed(cipher, cipher.key, from, to)
    : await shareUnkeyed(cipher, from, to);
  return {
    ...content,
    organizationId,
    folderId: cipher.folderId ?? null,
    favorite: cipher.favorite ?? false,
    reprompt: cipher.reprompt ?? 0,
    lastKnownRevisionDate: cipher.revisionDate,
  };
}
