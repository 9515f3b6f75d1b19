import { CryptoError } from "../error";
import { type Bytes, randomBytes } from "./bytes";
import { newerVersion, refused } from "./encString";
import type { SymmetricKey } from "./symmetric";

/**
 * The binary form of a whole file: type, IV, MAC, ciphertext. The MAC is over IV and ciphertext, which are not side by
 * side in it; the IV is written before the ciphertext for that moment, so that large files are not copied.
 */
const ivAt = 1;
const macAt = 17;
const signedAt = 33;
const ciphertextAt = 49;
const block = 16;

/** `iv` is given only by tests with fixed vectors. */
export async function sealFile(key: SymmetricKey, plain: Bytes, iv = randomBytes(16)): Promise<Bytes> {
  const ciphertext = await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key.enc, plain);
  const file = new Uint8Array(ciphertextAt + ciphertext.byteLength);
  file.set(new Uint8Array(ciphertext), ciphertextAt);
  file.set(iv, signedAt);
  const mac = await crypto.subtle.sign("HMAC", key.mac, file.subarray(signedAt));
  file[0] = 2;
  file.set(iv, ivAt);
  file.set(new Uint8Array(mac), macAt);
  return file;
}

/** Gives the plaintext only after the MAC over the whole file was checked. The bytes given are used up. */
export async function openFile(key: SymmetricKey, file: Bytes): Promise<Bytes> {
  if (file[0] === 7) throw newerVersion();
  const whole = file.length > ciphertextAt && (file.length - ciphertextAt) % block === 0;
  if (file[0] !== 2 || !whole) throw new CryptoError("undecryptable", "The encrypted file is malformed.");
  const iv = file.slice(ivAt, macAt);
  const mac = file.slice(macAt, ciphertextAt);
  file.set(iv, signedAt);
  const genuine = await crypto.subtle.verify("HMAC", key.mac, mac, file.subarray(signedAt));
  if (!genuine) throw refused();
  try {
    const ciphertext = file.subarray(ciphertextAt);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, key.enc, ciphertext));
  } catch {
    throw refused();
  }
}

/** How long a file becomes, known before it is encrypted. */
export const sealedSize = (plain: number): number => ciphertextAt + (Math.floor(plain / block) + 1) * block;
