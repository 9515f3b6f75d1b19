import type { EncText } from "../model/encrypted";
import type { KeyHandle } from "../model/keys";
import { wipe } from "../primitives/bytes";
import { sealBytes } from "../primitives/symmetric";
import type { Keyring } from "./keyring";

/**
 * Puts the key of an organization that exists already under the provider's key, as a new client's would be. Nothing
 * else is encrypted anew: the members keep the key they have, and all of the provider's people can open it from now.
 */
export async function adoptOrganization(
  ring: Keyring,
  organizationKey: KeyHandle,
  providerKey: KeyHandle,
): Promise<EncText> {
  const bytes = await ring.bytes(organizationKey);
  try {
    return await sealBytes(ring.key(providerKey), bytes);
  } finally {
    wipe(bytes);
  }
}
