import { CryptoError } from "../error";
import type { Bytes } from "./bytes";

export interface Totp {
  readonly secret: Bytes;
  readonly hash: "SHA-1" | "SHA-256" | "SHA-512";
  readonly digits: number;
  /** Seconds. */
  readonly period: number;
  readonly steam: boolean;
}

export interface TotpCode {
  readonly code: string;
  readonly period: number;
  /** Seconds until the next code, 1 … period. */
  readonly remaining: number;
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const steamAlphabet = "23456789BCDFGHJKMNPQRTVWXY";
const hashes = { SHA1: "SHA-1", SHA256: "SHA-256", SHA512: "SHA-512" } as const;

/** Case does not matter, and spaces, dashes and padding are passed over. */
export function fromBase32(text: string): Bytes {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const char of text.toUpperCase()) {
    const value = base32.indexOf(char);
    if (value < 0) continue;
    buffer = ((buffer << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

function fromUri(text: string): Totp {
  const query = new URLSearchParams(text.slice(text.indexOf("?") + 1));
  const get = (name: string) => {
    for (const [key, value] of query) if (key.toLowerCase() === name) return value;
    return undefined;
  };
  const algorithm = (get("algorithm") ?? "SHA1").toUpperCase().replace("-", "");
  const digits = Number(get("digits") ?? 6);
  const period = Number(get("period") ?? 30);
  return {
    secret: fromBase32(get("secret") ?? ""),
    hash: hashes[algorithm as keyof typeof hashes] ?? "SHA-1",
    digits: Number.isInteger(digits) && digits >= 0 && digits <= 10 ? digits : 6,
    period: Number.isInteger(period) && period >= 1 ? period : 30,
    steam: false,
  };
}

/** Takes a bare secret, `otpauth://totp/…` or `steam://…`. Rejects what holds no secret. */
export function parseTotp(text: string): Totp {
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  const plain = { hash: "SHA-1", digits: 6, period: 30, steam: false } as const;
  const totp: Totp = lower.startsWith("otpauth://")
    ? fromUri(trimmed)
    : lower.startsWith("steam://")
      ? { ...plain, secret: fromBase32(trimmed.slice("steam://".length)), digits: 5, steam: true }
      : { ...plain, secret: fromBase32(trimmed) };
  if (totp.secret.length === 0) throw new CryptoError("undecryptable", "This is not an authenticator key.");
  return totp;
}

async function truncatedHmac(totp: Totp, counter: number): Promise<number> {
  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(counter));
  const key = await crypto.subtle.importKey("raw", totp.secret, { name: "HMAC", hash: totp.hash }, false, [
    "sign",
  ]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, message));
  const offset = mac.getUint8(mac.byteLength - 1) & 15;
  return mac.getUint32(offset) & 0x7fffffff;
}

function steamCode(value: number, digits: number): string {
  let code = "";
  let rest = value;
  for (let i = 0; i < digits; i++) {
    code += steamAlphabet.charAt(rest % steamAlphabet.length);
    rest = Math.floor(rest / steamAlphabet.length);
  }
  return code;
}

/** `now` in milliseconds since the epoch. */
export async function totpCode(text: string, now: number): Promise<TotpCode> {
  const totp = parseTotp(text);
  const seconds = Math.floor(now / 1000);
  const value = await truncatedHmac(totp, Math.floor(seconds / totp.period));
  const code = totp.steam
    ? steamCode(value, totp.digits)
    : String(value % 10 ** totp.digits)
        .padStart(totp.digits, "0")
        .slice(0, totp.digits);
  return { code, period: totp.period, remaining: totp.period - (seconds % totp.period) };
}
