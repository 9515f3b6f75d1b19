import type { EncText } from "../model/encrypted";
import type { KeyHandle } from "../model/keys";
import { wipe } from "../primitives/bytes";
import { encapsulate } from "../primitives/rsa";
import type { Keyring } from "./keyring";

/** Gives somebody an organization's or provider's key. Their public key's fingerprint was compared before. */
export async function confirmMember(ring: Keyring, key: KeyHandle, publicKey: string): Promise<EncText> {
  const bytes = await ring.bytes(key);
  try {
    return await encapsulate(publicKey, bytes);
  } finally {
    wipe(bytes);
  }
}
