import { Keyring, type MasterKeyEntry } from "../acts/keyring";
import { importStretched } from "../acts/masterKey";
import { registerAccount } from "../acts/registerAccount";
import { unlockWithPassword } from "../acts/unlockWithPassword";
import type { AccountKeys, KdfConfig, KeyHandle } from "../model/keys";
import { deriveMasterKey, kdfFromWire } from "../primitives/kdf";
import type { NewAccount } from "../proxy";

/** The weakest KDF that clients accept: these tests are not about slowness. */
export const quickKdf: KdfConfig = { type: "pbkdf2", iterations: 5000 };

export const password = "an invented password";

export function keysOf(account: NewAccount): AccountKeys {
  return {
    kdf: kdfFromWire(account.masterPasswordUnlock.kdf),
    salt: account.masterPasswordUnlock.salt,
    wrappedUserKey: account.masterPasswordUnlock.masterKeyWrappedUserKey,
    wrappedPrivateKey: account.userAsymmetricKeys.encryptedPrivateKey,
    publicKey: account.userAsymmetricKeys.publicKey,
  };
}

export interface Person {
  readonly ring: Keyring;
  readonly keys: AccountKeys;
  readonly userKey: KeyHandle;
}

/** A new account, unlocked. */
export async function person(email: string): Promise<Person> {
  const keys = keysOf(await registerAccount({ password, salt: email, kdf: quickKdf }));
  const ring = new Keyring();
  const { userKey } = await unlockWithPassword(ring, password, keys);
  return { ring, keys, userKey };
}

export async function masterKeyOf(salt: string, secret = password): Promise<MasterKeyEntry> {
  const raw = await deriveMasterKey(secret, salt, quickKdf);
  return { raw, stretched: await importStretched(raw) };
}
