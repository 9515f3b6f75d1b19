import type { AccountKeys } from "../model/keys";
import { wipe } from "../primitives/bytes";
import { fingerprintPhrase } from "../primitives/fingerprint";
import { normalizeEmail } from "../primitives/kdf";
import { decapsulate, importPrivateKey, newKeyPair } from "../primitives/rsa";
import type { AskedDevice, Unlocked } from "../proxy";
import type { Keyring } from "./keyring";
import { unlockWithUserKey } from "./unlockWithPassword";

/** A key pair for one request to be let in by another device. */
export async function askDevice(ring: Keyring, email: string): Promise<AskedDevice> {
  const { publicKey, privateKey } = await newKeyPair();
  try {
    ring.setAsked(await importPrivateKey(privateKey));
  } finally {
    wipe(privateKey);
  }
  return { publicKey, phrase: await fingerprintPhrase(normalizeEmail(email), publicKey) };
}

/** The account's private key, which is under the user key, shows that the right one was sent. */
export async function unlockWithApproval(ring: Keyring, key: string, keys: AccountKeys): Promise<Unlocked> {
  const unlocked = await unlockWithUserKey(ring, await decapsulate(ring.asked(), key), keys);
  ring.forgetAsked();
  return unlocked;
}
