import type { EncText } from "../model/encrypted";
import { wipe } from "../primitives/bytes";
import { importKey, newKeyBytes, openBytes, type SymmetricKey, sealBytes } from "../primitives/symmetric";

/** The key that an item's fields are under: its own if it has one, else its owner's. */
export async function itemKey(
  owner: SymmetricKey,
  wrapped: EncText | null | undefined,
): Promise<SymmetricKey> {
  if (!wrapped) return owner;
  const bytes = await openBytes(owner, wrapped);
  try {
    return await importKey(bytes);
  } finally {
    wipe(bytes);
  }
}

export async function newItemKey(owner: SymmetricKey): Promise<{ key: SymmetricKey; wrapped: EncText }> {
  const bytes = newKeyBytes();
  try {
    return { key: await importKey(bytes), wrapped: await sealBytes(owner, bytes) };
  } finally {
    wipe(bytes);
  }
}
