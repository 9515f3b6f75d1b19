import { CryptoError } from "../error";
import type { EncText } from "../model/encrypted";
import { type Bytes, fromBase64, toBase64 } from "./bytes";

/** An EncString taken apart. Type 5 and 6 are read as 3 and 4: their MAC part has never been checked. */
export type EncString =
  | { readonly type: 0; readonly iv: Bytes; readonly ciphertext: Bytes }
  | { readonly type: 2; readonly iv: Bytes; readonly ciphertext: Bytes; readonly mac: Bytes }
  | { readonly type: 3 | 4; readonly ciphertext: Bytes };

export type Aes = Extract<EncString, { type: 2 }>;

const ivLength = 16;
const macLength = 32;

const malformed = () => new CryptoError("undecryptable", "The encrypted text is malformed.");

// One error for a wrong MAC and for wrong padding: telling them apart would make an oracle.
export const refused = () =>
  new CryptoError("undecryptable", "The data could not be decrypted with this key.");

export function newerVersion(): CryptoError {
  return new CryptoError(
    "unsupported",
    "This was encrypted with a newer format (version 2) that Kastellan cannot read yet.",
  );
}

function decode(parts: readonly string[], index: number, length?: number): Bytes {
  const part = parts[index];
  if (!part) throw malformed();
  let bytes: Bytes;
  try {
    bytes = fromBase64(part);
  } catch {
    throw malformed();
  }
  if (length !== undefined && bytes.length !== length) throw malformed();
  return bytes;
}

function blocks(ciphertext: Bytes): Bytes {
  if (ciphertext.length === 0 || ciphertext.length % 16 !== 0) throw malformed();
  return ciphertext;
}

function expectParts(parts: readonly string[], count: number): void {
  if (parts.length !== count) throw malformed();
}

function fromParts(type: string, parts: readonly string[]): EncString {
  switch (type) {
    case "0":
      expectParts(parts, 2);
      return { type: 0, iv: decode(parts, 0, ivLength), ciphertext: blocks(decode(parts, 1)) };
    case "2":
      expectParts(parts, 3);
      return {
        type: 2,
        iv: decode(parts, 0, ivLength),
        ciphertext: blocks(decode(parts, 1)),
        mac: decode(parts, 2, macLength),
      };
    case "3":
    case "4":
      expectParts(parts, 1);
      return { type: type === "3" ? 3 : 4, ciphertext: decode(parts, 0) };
    case "5":
    case "6":
      expectParts(parts, 2);
      return { type: type === "5" ? 3 : 4, ciphertext: decode(parts, 0) };
    case "7":
      throw newerVersion();
    case "1":
      throw new CryptoError(
        "unsupported",
        "This was encrypted with a format that is no longer safe to read.",
      );
    default:
      throw malformed();
  }
}

export function parseEncString(text: string): EncString {
  const pieces = text.split(".");
  const [head, body] = pieces;
  if (pieces.length === 1 && head !== undefined) {
    // Before types were written, three parts meant type 1 and two meant type 0.
    const parts = head.split("|");
    return fromParts(parts.length === 3 ? "1" : "0", parts);
  }
  if (pieces.length !== 2 || head === undefined || body === undefined) throw malformed();
  return fromParts(head, body.split("|"));
}

export const aesText = (value: Aes): EncText =>
  `2.${toBase64(value.iv)}|${toBase64(value.ciphertext)}|${toBase64(value.mac)}` as EncText;

export const rsaText = (ciphertext: Uint8Array): EncText => `4.${toBase64(ciphertext)}` as EncText;
