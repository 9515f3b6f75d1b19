import { describe, expect, it } from "vitest";
import { first, kdfOf, vectors } from "../testdata/vectors";
import { fromBase64, fromHex, toBase64, utf8 } from "./bytes";
import { aesText } from "./encString";
import { stretch } from "./hkdf";
import { deriveMasterKey } from "./kdf";
import { importKey, openBytes, openLegacyUserKey, openText, sealAes, sealText } from "./symmetric";

const keyOf = (base64: string) => importKey(fromBase64(base64));

describe("type 2", () => {
  it.each(vectors.encStringType2Decrypt)("decrypts “$plaintext”", async (vector) => {
    expect(await openText(await keyOf(vector.keyB64), vector.encString)).toBe(vector.plaintext);
  });

  it.each(vectors.encryptType2FixedIv)("encrypts “$plaintext” byte for byte", async (vector) => {
    const sealed = await sealAes(await keyOf(vector.keyB64), utf8(vector.plaintext), fromHex(vector.ivHex));
    expect(aesText(sealed)).toBe(vector.encString);
  });

  it.each(vectors.negative)("$case", async (vector) => {
    await expect(openText(await keyOf(vector.keyB64), vector.encString)).rejects.toMatchObject({
      kind: "undecryptable",
    });
  });

  it("draws a new IV each time and keeps a leading byte order mark", async () => {
    const key = await keyOf(first(vectors.encStringType2Decrypt).keyB64);
    const [one, two] = [await sealText(key, "\uFEFFa"), await sealText(key, "\uFEFFa")];
    expect(one).not.toBe(two);
    expect(await openText(key, one)).toBe("\uFEFFa");
  });

  it("detects a change of any part", async () => {
    const key = await keyOf(first(vectors.encStringType2Decrypt).keyB64);
    const [iv = "", ciphertext = "", mac = ""] = (await sealText(key, "hello")).slice(2).split("|");
    const flip = (part: string) => (part.startsWith("A") ? "B" : "A") + part.slice(1);
    for (const changed of [
      `2.${flip(iv)}|${ciphertext}|${mac}`,
      `2.${iv}|${flip(ciphertext)}|${mac}`,
      `2.${iv}|${ciphertext}|${flip(mac)}`,
    ]) {
      await expect(openText(key, changed)).rejects.toMatchObject({ kind: "undecryptable" });
    }
  });
});

describe("wrapped keys", () => {
  it.each(vectors.wrappedKeys)("$name", async (vector) => {
    const plain = await openBytes(await keyOf(vector.wrappingKeyB64), vector.encString);
    expect(toBase64(plain)).toBe(vector.plaintextB64);
  });

  it.each(vectors.userKeyUnwrap)("user key, $masterKeyWrappedUserKey", async (vector) => {
    const masterKey = vector.masterKeyHex
      ? fromHex(vector.masterKeyHex)
      : await deriveMasterKey(vector.password ?? "", vector.saltUtf8 ?? "", kdfOf(vector));
    const userKey = vector.legacyType0
      ? await openLegacyUserKey(masterKey, vector.masterKeyWrappedUserKey)
      : await openBytes(await importKey(await stretch(masterKey)), vector.masterKeyWrappedUserKey);
    expect(toBase64(userKey)).toBe(vector.userKeyB64);
  });

  it("refuses a key of another length", async () => {
    await expect(importKey(new Uint8Array(32))).rejects.toMatchObject({ kind: "undecryptable" });
    await expect(importKey(fromBase64(first(vectors.v2Account).userKey))).rejects.toMatchObject({
      kind: "unsupported",
    });
  });
});
