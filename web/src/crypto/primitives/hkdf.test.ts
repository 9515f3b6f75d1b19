import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors";
import { fromBase64, fromHex, sha256, toBase64, toHex, utf8 } from "./bytes";
import { hkdf, hkdfExpand, stretch } from "./hkdf";
import { keyId } from "./keyId";

describe("HKDF", () => {
  it.each(vectors.hkdfExpand)("expands to $length bytes", async ({ prkHex, infoUtf8, length, outHex }) => {
    expect(toHex(await hkdfExpand(fromHex(prkHex), infoUtf8, length))).toBe(outHex);
  });

  it.each(vectors.hkdfStretch)("stretches $inputHex", async ({ inputHex, encKeyHex, macKeyHex }) => {
    expect(toHex(await stretch(fromHex(inputHex)))).toBe(encKeyHex + macKeyHex);
  });

  it.each(vectors.shareableKey)("extracts and expands $seedHex", async (vector) => {
    const key = await hkdf(fromHex(vector.seedHex), vector.hkdfSaltUtf8, vector.hkdfInfoUtf8, 64);
    expect(toBase64(key)).toBe(vector.keyB64);
  });

  it.each(vectors.passkeyPrf)("stretches the output of a passkey", async (vector) => {
    expect(toHex(await sha256(utf8("passwordless-login")))).toBe(vector.prfEvalFirstHex);
    expect(toBase64(await stretch(fromHex(vector.prfOutputHex).slice(0, 32)))).toBe(vector.prfKeyB64);
  });
});

describe("key id", () => {
  it.each(vectors.userKeyId)("is $keyIdHex", async ({ keyB64, keyIdHex }) => {
    expect(await keyId(fromBase64(keyB64))).toBe(keyIdHex);
  });
});
