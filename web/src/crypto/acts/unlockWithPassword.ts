import { CryptoError } from "../error";
import type { AccountKeys, MasterKeyHandle } from "../model/keys";
import { type Bytes, wipe } from "../primitives/bytes";
import { authHash, deriveMasterKey } from "../primitives/kdf";
import { keyId } from "../primitives/keyId";
import { importPrivateKey } from "../primitives/rsa";
import { importKey, openBytes, openLegacyUserKey } from "../primitives/symmetric";
import type { PasswordInput, StartedLogin, Unlocked } from "../proxy";
import type { Keyring, MasterKeyEntry } from "./keyring";
import { importStretched } from "./masterKey";

/** The user key's bytes. A MAC failure here means one thing to a person: the password is wrong. */
export async function openUserKey(masterKey: MasterKeyEntry, keys: AccountKeys): Promise<Bytes> {
  try {
    return keys.wrappedUserKey.startsWith("0.")
      ? await openLegacyUserKey(masterKey.raw, keys.wrappedUserKey)
      : await openBytes(masterKey.stretched, keys.wrappedUserKey);
  } catch (error) {
    if (error instanceof CryptoError && error.kind === "undecryptable") {
      throw new CryptoError("wrongPassword", "The master password is wrong.");
    }
    throw error;
  }
}

export async function deriveEntry(input: PasswordInput): Promise<MasterKeyEntry> {
  const raw = await deriveMasterKey(input.password, input.salt, input.kdf);
  return { raw, stretched: await importStretched(raw) };
}

/** Takes the user key's bytes, and wipes them. */
export async function unlockWithUserKey(ring: Keyring, bytes: Bytes, keys: AccountKeys): Promise<Unlocked> {
  try {
    const key = await importKey(bytes);
    const pkcs8 = await openBytes(key, keys.wrappedPrivateKey);
    ring.setMe({ privateKey: await importPrivateKey(pkcs8), publicKey: keys.publicKey });
    wipe(pkcs8);
    return { userKey: ring.add({ key, source: { kind: "password" } }), userKeyId: await keyId(bytes) };
  } finally {
    wipe(bytes);
  }
}

async function unlock(ring: Keyring, masterKey: MasterKeyEntry, keys: AccountKeys): Promise<Unlocked> {
  try {
    return await unlockWithUserKey(ring, await openUserKey(masterKey, keys), keys);
  } finally {
    wipe(masterKey.raw);
  }
}

/** Derives once for both uses: the hash for the server now, the unlocking when its answer is there. */
export async function startLogin(ring: Keyring, input: PasswordInput): Promise<StartedLogin> {
  const entry = await deriveEntry(input);
  return { authHash: await authHash(entry.raw, input.password), masterKey: ring.addMasterKey(entry) };
}

export async function unlockWithMasterKey(
  ring: Keyring,
  handle: MasterKeyHandle,
  keys: AccountKeys,
): Promise<Unlocked> {
  return unlock(ring, ring.takeMasterKey(handle), keys);
}

export async function unlockWithPassword(
  ring: Keyring,
  password: string,
  keys: AccountKeys,
): Promise<Unlocked> {
  return unlock(ring, await deriveEntry({ password, salt: keys.salt, kdf: keys.kdf }), keys);
}
