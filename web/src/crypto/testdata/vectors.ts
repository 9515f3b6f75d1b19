import { readFileSync } from "node:fs";
import type { CipherRecord, EncText } from "../model/encrypted";
import type { KdfConfig } from "../model/keys";
import type { ProtectedExport } from "../proxy";

/** The shared vectors; half of them were made by the official SDK. Only the members that tests read are typed. */
interface Vectors {
  _about: { wordListSha256: { sha256OfWordsJoinedByNewlineNoTrailing: string } };
  masterKey: (KdfVector & { masterKeyHex: string })[];
  masterPasswordHash: (Partial<KdfVector> & {
    password: string;
    masterKeyHex?: string;
    serverAuthorizationHashB64: string;
  })[];
  hkdfStretch: { inputHex: string; encKeyHex: string; macKeyHex: string }[];
  hkdfExpand: { prkHex: string; infoUtf8: string; length: number; outHex: string }[];
  userKeyUnwrap: (Partial<KdfVector> & {
    legacyType0?: boolean;
    masterKeyHex?: string;
    masterKeyWrappedUserKey: EncText;
    userKeyB64: string;
  })[];
  encStringType2Decrypt: { plaintext: string; keyB64: string; encString: string }[];
  encryptType2FixedIv: { plaintext: string; keyB64: string; ivHex: string; encString: string }[];
  encStringBinary: { encString: string; binaryHex: string }[];
  negative: { case: string; keyB64: string; encString: string }[];
  rsaDecapsulate: { type: number; privatePkcs8B64: string; encString: string; keyB64: string }[];
  wrappedKeys: { name: string; wrappingKeyB64: string; encString: string; plaintextB64: string }[];
  rsaKeyPairs: { name: string; privatePkcs8B64: string; publicSpkiB64: string }[];
  trustedDevice: {
    deviceKeyB64: string;
    encryptedPrivateKey: string;
    encryptedUserKey: string;
    userKeyB64: string;
  }[];
  shareableKey: { seedHex: string; hkdfSaltUtf8: string; hkdfInfoUtf8: string; keyB64: string }[];
  send: {
    userKeyB64: string;
    encryptedSeed: string;
    seedHex: string;
    urlKey: string;
    sendKeyB64: string;
    sendId?: string;
    accessId?: string;
    name?: string;
    namePlain?: string;
    notes?: string;
    notesPlain?: string;
    text?: string;
    textPlain?: string;
    passwordPlain?: string;
    passwordHashB64?: string;
  }[];
  attachment: {
    attachmentKeyB64?: string;
    encryptedFileB64?: string;
    plaintextB64?: string;
    encrypt?: boolean;
    ivHex?: string;
    cipherKeyB64?: string;
    fileNameEnc?: string;
    fileName?: string;
    userKeyB64?: string;
    encryptedCipherKey?: string;
    encryptedAttachmentKey?: string;
  }[];
  fingerprint: { material: string; publicSpkiB64: string; phrase: string }[];
  cipher: { name: string; keyB64: string; encryptedCipher: CipherRecord; expectedPlain: PlainCipher }[];
  folder: { keyB64: string; name: EncText; namePlain: string }[];
  collection: { organizationKeyB64: string; name: EncText; namePlain: string }[];
  passkeyPrf: { prfEvalFirstHex: string; prfOutputHex: string; prfKeyB64: string }[];
  passwordProtectedExport: {
    password: string;
    exportFile: ProtectedExport;
    exportKeyB64: string;
    plaintextSha256Hex: string;
  }[];
  totp: { key: string; unixTime: number; code: string; period: number }[];
  encStringType7: { encString: string; paddedKeyB64: string }[];
  v2Account: { userKey: string; privateKey: EncText; publicKey: string }[];
  userKeyId: { keyB64: string; keyIdHex: string }[];
  hibp: { password: string; sha1HexUpper: string }[];
  fromScratchAccount: {
    password: string;
    email: string;
    salt: string;
    kdf: { kdfType: 0 | 1; iterations: number; memoryMiB: number; parallelism: number };
    authHash: string;
    wrappedUserKey: EncText;
    userKeyB64: string;
    privateKey: EncText;
    publicKeyB64: string;
    orgId: string;
    orgKeyForUser: EncText;
    orgKeyB64: string;
    ciphers: CipherRecord[];
    folder: { id: string; name: EncText; revisionDate: string };
    expected: {
      name: string;
      username: string;
      password: string;
      field: [string, string];
      folderName: string;
      urisWithoutCipherKey: string[];
      urisWithCipherKey: string[];
    };
  }[];
}

export interface PlainCipher {
  name: string;
  notes?: string;
  login?: {
    username?: string;
    password?: string;
    totp?: string;
    uris?: { uri: string; match?: number }[];
    fido2Credentials?: Record<string, string>[];
  };
  fields?: { name: string; value: string | null; type: number }[];
  passwordHistory?: string[];
}

export interface KdfVector {
  password: string;
  email: string;
  saltUtf8?: string;
  kdfType: 0 | 1;
  iterations: number;
  memoryMiB?: number;
  parallelism?: number;
}

const file = new URL("../../../../client/testdata/crypto-vectors.json", import.meta.url);

export const vectors: Vectors = JSON.parse(readFileSync(file, "utf8"));

export function kdfOf(vector: Partial<KdfVector>): KdfConfig {
  const iterations = vector.iterations ?? 0;
  if (vector.kdfType === 0) return { type: "pbkdf2", iterations };
  return {
    type: "argon2id",
    iterations,
    memory: vector.memoryMiB ?? 0,
    parallelism: vector.parallelism ?? 0,
  };
}

/** The first entry of a section; every section has one. */
export function first<T>(entries: readonly T[]): T {
  const entry = entries[0];
  if (entry === undefined) throw new Error("the section is empty");
  return entry;
}
