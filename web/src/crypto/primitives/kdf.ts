import { CryptoError } from "../error";
import type { KdfConfig, WireKdf } from "../model/keys";
import { type Bytes, sha256, toBase64, utf8 } from "./bytes";

export const defaultKdf: KdfConfig = { type: "pbkdf2", iterations: 600_000 };

/** What a person may choose; the server refuses what is outside. */
export const kdfLimits = {
  pbkdf2: { iterations: { min: 600_000, max: 2_000_000, default: 600_000 } },
  argon2id: {
    iterations: { min: 2, max: 10, default: 6 },
    memory: { min: 16, max: 1024, default: 32 },
    parallelism: { min: 1, max: 16, default: 4 },
  },
} as const;

/** The salt of an account: its address, trimmed and lower-cased. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

export function kdfFromWire(kdf: WireKdf): KdfConfig {
  if (kdf.kdfType === 0) return { type: "pbkdf2", iterations: kdf.iterations };
  return {
    type: "argon2id",
    iterations: kdf.iterations,
    memory: kdf.memory ?? 0,
    parallelism: kdf.parallelism ?? 0,
  };
}

export function kdfToWire(kdf: KdfConfig): WireKdf {
  return kdf.type === "pbkdf2"
    ? { kdfType: 0, iterations: kdf.iterations, memory: null, parallelism: null }
    : { kdfType: 1, iterations: kdf.iterations, memory: kdf.memory, parallelism: kdf.parallelism };
}

/** A server that lowers the parameters would get a hash that is cheap to guess from. */
export function refuseWeakKdf(kdf: KdfConfig): void {
  const strong =
    kdf.type === "pbkdf2"
      ? kdf.iterations >= 5000
      : kdf.iterations >= 2 && kdf.memory >= 16 && kdf.parallelism >= 1;
  if (!strong) throw new CryptoError("weakKdf", "The server asks for an unsafe weakening of the password.");
}

/** PBKDF2-SHA256, 32 bytes. */
export async function pbkdf2(password: Bytes, salt: Bytes, iterations: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const params = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, 256));
}

async function argon2(password: Bytes, salt: Bytes, kdf: KdfConfig & { type: "argon2id" }): Promise<Bytes> {
  // Loaded when needed: most accounts never do.
  const { argon2id } = await import("hash-wasm");
  const hash = await argon2id({
    password,
    salt,
    iterations: kdf.iterations,
    memorySize: kdf.memory * 1024,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: "binary",
  });
  return new Uint8Array(hash);
}

/** The 32-byte master key. `salt` is used as given: normalise an address first. */
export async function deriveMasterKey(password: string, salt: string, kdf: KdfConfig): Promise<Bytes> {
  refuseWeakKdf(kdf);
  if (kdf.type === "pbkdf2") return pbkdf2(utf8(password), utf8(salt), kdf.iterations);
  return argon2(utf8(password), await sha256(utf8(salt)), kdf);
}

/** What the server sees in place of the password. Worth as much as the password to whoever holds it. */
export async function authHash(masterKey: Bytes, password: string): Promise<string> {
  return toBase64(await pbkdf2(masterKey, utf8(password), 1));
}
