import { CryptoError } from "../error";
import type { EncText } from "../model/encrypted";
import { type Bytes, fromBase64Url, wipe } from "../primitives/bytes";
import { sendKey } from "../primitives/sendKey";
import { importKey, openBytes, type SymmetricKey } from "../primitives/symmetric";

export const seedLength = 16;

/** Does something with the seed that a Send's owner keeps, and wipes it. */
export async function withSeed<Result>(
  userKey: SymmetricKey,
  wrapped: EncText,
  act: (seed: Bytes) => Promise<Result>,
): Promise<Result> {
  return used(await openBytes(userKey, wrapped), act);
}

/** The same with the seed that is the last part of a link. */
export async function withLinkKey<Result>(
  linkKey: string,
  act: (seed: Bytes) => Promise<Result>,
): Promise<Result> {
  return used(decoded(linkKey), act);
}

function decoded(linkKey: string): Bytes {
  try {
    return fromBase64Url(linkKey);
  } catch {
    throw incomplete();
  }
}

const incomplete = () => new CryptoError("undecryptable", "The key in the link is not complete.");

async function used<Result>(seed: Bytes, act: (seed: Bytes) => Promise<Result>): Promise<Result> {
  try {
    if (seed.length !== seedLength) throw incomplete();
    return await act(seed);
  } finally {
    wipe(seed);
  }
}

/** What everything of a Send is under. */
export async function keyOfSeed(seed: Bytes): Promise<SymmetricKey> {
  const bytes = await sendKey(seed);
  try {
    return await importKey(bytes);
  } finally {
    wipe(bytes);
  }
}
