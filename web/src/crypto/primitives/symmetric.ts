import { CryptoError } from "../error";
import type { EncText } from "../model/encrypted";
import { type Bytes, concat, fromUtf8, randomBytes, utf8, wipe } from "./bytes";
import { type Aes, aesText, parseEncString, refused } from "./encString";

/** A 64-byte key as two non-extractable WebCrypto keys: once imported, not even this code can read it. */
export interface SymmetricKey {
  readonly enc: CryptoKey;
  readonly mac: CryptoKey;
}

export const keyLength = 64;

const hmac = { name: "HMAC", hash: "SHA-256" } as const;

export const newKeyBytes = (): Bytes => randomBytes(keyLength);

export async function importKey(bytes: Uint8Array): Promise<SymmetricKey> {
  if (bytes.length > keyLength) {
    throw new CryptoError("unsupported", "This key belongs to a newer kind of account (version 2).");
  }
  if (bytes.length !== keyLength) throw new CryptoError("undecryptable", "The key has a wrong length.");
  const encBytes = bytes.slice(0, 32);
  const macBytes = bytes.slice(32);
  const [enc, mac] = await Promise.all([
    crypto.subtle.importKey("raw", encBytes, "AES-CBC", false, ["encrypt", "decrypt"]),
    crypto.subtle.importKey("raw", macBytes, hmac, false, ["sign", "verify"]),
  ]);
  wipe(encBytes, macBytes);
  return { enc, mac };
}

/** `iv` is given only by tests with fixed vectors. */
export async function sealAes(key: SymmetricKey, plain: Bytes, iv = randomBytes(16)): Promise<Aes> {
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key.enc, plain));
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key.mac, concat(iv, ciphertext)));
  return { type: 2, iv, ciphertext, mac };
}

export async function openAes(key: SymmetricKey, value: Aes): Promise<Bytes> {
  const genuine = await crypto.subtle.verify(
    "HMAC",
    key.mac,
    value.mac as Bytes,
    concat(value.iv, value.ciphertext),
  );
  if (!genuine) throw refused();
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-CBC", iv: value.iv }, key.enc, value.ciphertext);
    return new Uint8Array(plain);
  } catch {
    throw refused();
  }
}

/** Refuses type 0: a 64-byte key never goes with a text that carries no MAC. */
export async function openBytes(key: SymmetricKey, text: string): Promise<Bytes> {
  const value = parseEncString(text);
  if (value.type !== 2) throw refused();
  return openAes(key, value);
}

export const openText = async (key: SymmetricKey, text: string): Promise<string> =>
  fromUtf8(await openBytes(key, text));

export const sealBytes = async (key: SymmetricKey, plain: Bytes): Promise<EncText> =>
  aesText(await sealAes(key, plain));

export const sealText = (key: SymmetricKey, plain: string): Promise<EncText> => sealBytes(key, utf8(plain));

/** Reads a very old account's user key: AES without a MAC, under the unstretched master key. Never written. */
export async function openLegacyUserKey(masterKey: Bytes, text: string): Promise<Bytes> {
  const value = parseEncString(text);
  if (value.type !== 0) throw refused();
  const key = await crypto.subtle.importKey("raw", masterKey, "AES-CBC", false, ["decrypt"]);
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-CBC", iv: value.iv }, key, value.ciphertext);
    return new Uint8Array(plain);
  } catch {
    throw refused();
  }
}

export { openFile, sealFile } from "./encFile";
