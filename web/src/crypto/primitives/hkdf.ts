import { type Bytes, concat, utf8 } from "./bytes";

/** HKDF-Expand alone; WebCrypto's HKDF always extracts first, which this protocol does not. */
export async function hkdfExpand(prk: Bytes, info: string, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", prk, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  let block: Bytes = new Uint8Array(0);
  let output: Bytes = new Uint8Array(0);
  for (let counter = 1; output.length < length; counter++) {
    block = new Uint8Array(
      await crypto.subtle.sign("HMAC", key, concat(block, utf8(info), Uint8Array.of(counter))),
    );
    output = concat(output, block);
  }
  return output.slice(0, length);
}

/** A 32-byte key (master key, PRF output, export key) stretched to enc || mac. */
export async function stretch(key: Bytes): Promise<Bytes> {
  return concat(await hkdfExpand(key, "enc", 32), await hkdfExpand(key, "mac", 32));
}

/** Extract and expand. */
export async function hkdf(secret: Bytes, salt: string, info: string, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const params = { name: "HKDF", hash: "SHA-256", salt: utf8(salt), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, length * 8));
}
