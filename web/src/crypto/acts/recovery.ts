import type { AccountKeys } from "../model/keys";
import { wipe } from "../primitives/bytes";
import { authHash } from "../primitives/kdf";
import { decapsulate, encapsulate, importPrivateKey } from "../primitives/rsa";
import { openBytes } from "../primitives/symmetric";
import type { Enrolment, Recovered, Recovery } from "../proxy";
import type { Keyring } from "./keyring";
import { wrapForPassword } from "./masterKey";
import { deriveEntry, openUserKey } from "./unlockWithPassword";

/** Gives an organization one's user key, so that its administrators can set a new password some day. */
export async function enrolRecovery(
  password: string,
  keys: AccountKeys,
  publicKey: string,
): Promise<Enrolment> {
  const entry = await deriveEntry({ password, salt: keys.salt, kdf: keys.kdf });
  const userKey = await openUserKey(entry, keys);
  try {
    return {
      masterPasswordHash: await authHash(entry.raw, password),
      resetPasswordKey: await encapsulate(publicKey, userKey),
    };
  } finally {
    wipe(userKey, entry.raw);
  }
}

/** The other end: opens what a person gave to the organization, and puts it under a new password. */
export async function recoverAccount(ring: Keyring, input: Recovery): Promise<Recovered> {
  const { newPassword, salt, kdf } = input;
  const pkcs8 = await openBytes(ring.key(input.organizationKey), input.encryptedPrivateKey);
  try {
    const userKey = await decapsulate(await importPrivateKey(pkcs8), input.resetPasswordKey);
    try {
      const derived = await wrapForPassword({ password: newPassword, salt, kdf }, userKey);
      return { newMasterPasswordHash: derived.authHash, key: derived.wrappedUserKey };
    } finally {
      wipe(userKey);
    }
  } finally {
    wipe(pkcs8);
  }
}
