import { CryptoError } from "../error";
import type { EncText } from "../model/encrypted";
import { type Bytes, fromBase64, toBase64 } from "./bytes";
import { parseEncString, rsaText } from "./encString";

/** One private key, imported once per hash: WebCrypto binds the hash to the key, the format to the message. */
export interface PrivateKey {
  readonly sha1: CryptoKey;
  readonly sha256: CryptoKey;
}

const oaep = (hash: "SHA-1" | "SHA-256") => ({ name: "RSA-OAEP", hash });

export async function importPrivateKey(pkcs8: Bytes): Promise<PrivateKey> {
  try {
    const [sha1, sha256] = await Promise.all([
      crypto.subtle.importKey("pkcs8", pkcs8, oaep("SHA-1"), false, ["decrypt"]),
      crypto.subtle.importKey("pkcs8", pkcs8, oaep("SHA-256"), false, ["decrypt"]),
    ]);
    return { sha1, sha256 };
  } catch {
    throw new CryptoError("undecryptable", "The private key is damaged.");
  }
}

/** Opens what was encapsulated to our public key, types 3 to 6. */
export async function decapsulate(key: PrivateKey, text: string): Promise<Bytes> {
  const value = parseEncString(text);
  if (value.type !== 3 && value.type !== 4) {
    throw new CryptoError("undecryptable", "The key was expected to be encrypted to a public key.");
  }
  try {
    const hashed = value.type === 3 ? key.sha256 : key.sha1;
    return new Uint8Array(await crypto.subtle.decrypt({ name: "RSA-OAEP" }, hashed, value.ciphertext));
  } catch {
    throw new CryptoError("undecryptable", "The data could not be decrypted with this key.");
  }
}

/** Writes type 4, the only RSA type that clients write. Show the fingerprint of the public key before. */
export async function encapsulate(publicKey: string, secret: Bytes): Promise<EncText> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey("spki", fromBase64(publicKey), oaep("SHA-1"), false, ["encrypt"]);
  } catch {
    throw new CryptoError("undecryptable", "The public key is damaged.");
  }
  return rsaText(new Uint8Array(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, key, secret)));
}

export interface NewKeyPair {
  /** Base64 SPKI. */
  readonly publicKey: string;
  /** PKCS#8, to be wrapped and wiped. */
  readonly privateKey: Bytes;
}

export async function newKeyPair(): Promise<NewKeyPair> {
  const pair = await crypto.subtle.generateKey(
    { ...oaep("SHA-1"), modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ["encrypt", "decrypt"],
  );
  const [spki, pkcs8] = await Promise.all([
    crypto.subtle.exportKey("spki", pair.publicKey),
    crypto.subtle.exportKey("pkcs8", pair.privateKey),
  ]);
  return { publicKey: toBase64(new Uint8Array(spki)), privateKey: new Uint8Array(pkcs8) };
}
