import { describe, expect, it } from "vitest";
import { kdfOf, vectors } from "../testdata/vectors";
import { fromHex, toHex } from "./bytes";
import { authHash, deriveMasterKey, normalizeEmail } from "./kdf";

describe("master key", () => {
  it.each(vectors.masterKey)("$kdfType with $iterations rounds for $email", async (vector) => {
    const key = await deriveMasterKey(vector.password, normalizeEmail(vector.email), kdfOf(vector));
    expect(toHex(key)).toBe(vector.masterKeyHex);
  });

  it.each([
    { type: "pbkdf2", iterations: 4999 },
    { type: "argon2id", iterations: 1, memory: 64, parallelism: 4 },
    { type: "argon2id", iterations: 3, memory: 15, parallelism: 4 },
    { type: "argon2id", iterations: 3, memory: 64, parallelism: 0 },
  ] as const)("refuses the weakened parameters %o", async (kdf) => {
    await expect(deriveMasterKey("p", "a@example.test", kdf)).rejects.toMatchObject({ kind: "weakKdf" });
  });
});

describe("server authorization hash", () => {
  it.each(vectors.masterPasswordHash)("$serverAuthorizationHashB64", async (vector) => {
    const key = vector.masterKeyHex
      ? fromHex(vector.masterKeyHex)
      : await deriveMasterKey(vector.password, normalizeEmail(vector.email ?? ""), kdfOf(vector));
    expect(await authHash(key, vector.password)).toBe(vector.serverAuthorizationHashB64);
  });
});
