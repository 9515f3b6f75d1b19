import { concat, fromHex, sha256, toHex } from "./bytes";

// Deterministic CBOR of {1: 4, -1: bstr(64)} up to the key itself.
const coseHead = fromHex("a20104205840");

/** A consistency hint of newer clients: 16 bytes of a hash of the key, as hex. */
export async function keyId(key: Uint8Array): Promise<string> {
  return toHex((await sha256(concat(coseHead, key))).slice(0, 16));
}
