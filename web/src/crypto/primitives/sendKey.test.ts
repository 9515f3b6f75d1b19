import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors";
import { fromBase64, fromHex, toBase64, toBase64Url, toHex } from "./bytes";
import { accessId, sendKey, sendPasswordHash } from "./sendKey";
import { importKey, openBytes, openText } from "./symmetric";

describe("Send", () => {
  it.each(vectors.send)("derives the key from the seed $seedHex", async (vector) => {
    const userKey = await importKey(fromBase64(vector.userKeyB64));
    const seed = await openBytes(userKey, vector.encryptedSeed);
    expect(toHex(seed)).toBe(vector.seedHex);
    expect(toBase64Url(seed)).toBe(vector.urlKey);
    const key = await sendKey(seed);
    expect(toBase64(key)).toBe(vector.sendKeyB64);
    const opened = await importKey(key);
    for (const [text, plain] of [
      [vector.name, vector.namePlain],
      [vector.notes, vector.notesPlain],
      [vector.text, vector.textPlain],
    ]) {
      if (text) expect(await openText(opened, text)).toBe(plain);
    }
  });

  it.each(vectors.send.filter((v) => v.sendId))("writes the id $sendId into the link", (vector) => {
    expect(accessId(vector.sendId ?? "")).toBe(vector.accessId);
  });

  it.each(vectors.send.filter((v) => v.passwordPlain))("hashes the password", async (vector) => {
    const hash = await sendPasswordHash(vector.passwordPlain ?? "", fromHex(vector.seedHex));
    expect(hash).toBe(vector.passwordHashB64);
  });
});
