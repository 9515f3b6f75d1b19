import type { EncText } from "../model/encrypted";
import type { KeyHandle } from "../model/keys";
import { type Bytes, wipe } from "../primitives/bytes";
import { encapsulate, newKeyPair } from "../primitives/rsa";
import { importKey, newKeyBytes, sealBytes, sealText } from "../primitives/symmetric";
import type { NewOrganizationKeys } from "../proxy";
import type { Keyring } from "./keyring";

/** A provider's key, for the person who sets the provider up. */
export async function createProviderKey(ring: Keyring): Promise<EncText> {
  const bytes = newKeyBytes();
  try {
    return await encapsulate(ring.me().publicKey, bytes);
  } finally {
    wipe(bytes);
  }
}

async function createKeys(
  collectionName: string,
  wrap: (organizationKey: Bytes) => Promise<EncText>,
): Promise<NewOrganizationKeys> {
  const bytes = newKeyBytes();
  const pair = await newKeyPair();
  try {
    const key = await importKey(bytes);
    return {
      key: await wrap(bytes),
      keyPair: {
        publicKey: pair.publicKey,
        encryptedPrivateKey: await sealBytes(key, pair.privateKey),
      },
      collectionName: await sealText(key, collectionName),
    };
  } finally {
    wipe(bytes, pair.privateKey);
  }
}

/** A client organization: its key goes under the provider key, so that all of the provider's people can open it. */
export const createClientKeys = (
  ring: Keyring,
  providerKey: KeyHandle,
  collectionName: string,
): Promise<NewOrganizationKeys> =>
  createKeys(collectionName, (bytes) => sealBytes(ring.key(providerKey), bytes));

/** An organization of one's own: its key goes to the creator's public key. */
export const createOrganizationKeys = (ring: Keyring, collectionName: string): Promise<NewOrganizationKeys> =>
  createKeys(collectionName, (bytes) => encapsulate(ring.me().publicKey, bytes));
