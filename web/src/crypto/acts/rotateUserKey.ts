import type { CipherRecord, FolderRecord } from "../model/encrypted";
import type { AccountKeys, KeyHandle } from "../model/keys";
import { wipe } from "../primitives/bytes";
import { authHash } from "../primitives/kdf";
import { keyId } from "../primitives/keyId";
import { encapsulate } from "../primitives/rsa";
import {
  importKey,
  newKeyBytes,
  openBytes,
  openText,
  type SymmetricKey,
  sealBytes,
  sealText,
} from "../primitives/symmetric";
import type { NewUserKey, RecoveryTarget, RekeyedCipher, RekeyedFolder } from "../proxy";
import type { Keyring } from "./keyring";
import { shareCipher } from "./shareCipher";
import { deriveEntry, openUserKey } from "./unlockWithPassword";

/**
 * A new user key for the same password and the same key pair. The old one stays in the ring, since everything
 * that is under it has to be opened once more.
 */
export async function createUserKey(
  ring: Keyring,
  password: string,
  keys: AccountKeys,
  recovery: readonly RecoveryTarget[] = [],
): Promise<NewUserKey> {
  const entry = await deriveEntry({ password, salt: keys.salt, kdf: keys.kdf });
  const oldBytes = await openUserKey(entry, keys);
  const bytes = newKeyBytes();
  try {
    const key = await importKey(bytes);
    const pkcs8 = await openBytes(await importKey(oldBytes), keys.wrappedPrivateKey);
    const wrappedPrivateKey = await sealBytes(key, pkcs8);
    wipe(pkcs8);
    return {
      masterPasswordHash: await authHash(entry.raw, password),
      userKey: ring.add({ key, source: { kind: "password" } }),
      userKeyId: await keyId(bytes),
      wrappedUserKey: await sealBytes(entry.stretched, bytes),
      wrappedPrivateKey,
      recoveryKeys: await Promise.all(
        recovery.map(async ({ organizationId, publicKey }) => ({
          organizationId,
          resetPasswordKey: await encapsulate(publicKey, bytes),
        })),
      ),
    };
  } finally {
    wipe(bytes, oldBytes, entry.raw);
  }
}

/** Rejects for an item of which a part cannot be opened: under the new key that part would be lost. */
export async function rekeyCipher(
  cipher: CipherRecord,
  from: SymmetricKey,
  to: SymmetricKey,
): Promise<RekeyedCipher> {
  return { ...(await shareCipher(cipher, from, to, null)), id: cipher.id };
}

export const rekeyCiphers = (
  ring: Keyring,
  ciphers: readonly CipherRecord[],
  from: KeyHandle,
  to: KeyHandle,
): Promise<RekeyedCipher[]> =>
  Promise.all(ciphers.map((cipher) => rekeyCipher(cipher, ring.key(from), ring.key(to))));

export const rekeyFolders = (
  ring: Keyring,
  folders: readonly FolderRecord[],
  from: KeyHandle,
  to: KeyHandle,
): Promise<RekeyedFolder[]> =>
  Promise.all(
    folders.map(async ({ id, name }) => ({
      id,
      name: await sealText(ring.key(to), await openText(ring.key(from), name)),
    })),
  );
