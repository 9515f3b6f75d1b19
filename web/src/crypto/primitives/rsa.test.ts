import { describe, expect, it } from "vitest";
import { first, vectors } from "../testdata/vectors";
import { fromBase64, toBase64 } from "./bytes";
import { decapsulate, encapsulate, importPrivateKey, newKeyPair } from "./rsa";
import { importKey, newKeyBytes, openBytes } from "./symmetric";

describe("RSA", () => {
  it.each(vectors.rsaDecapsulate)("opens type $type, case %#", async (vector) => {
    const key = await importPrivateKey(fromBase64(vector.privatePkcs8B64));
    expect(toBase64(await decapsulate(key, vector.encString))).toBe(vector.keyB64);
  });

  it.each(vectors.rsaKeyPairs)("writes type 4 for the $name key pair", async (vector) => {
    const secret = newKeyBytes();
    const text = await encapsulate(vector.publicSpkiB64, secret);
    expect(text).toMatch(/^4\./);
    const key = await importPrivateKey(fromBase64(vector.privatePkcs8B64));
    expect(await decapsulate(key, text)).toEqual(secret);
  });

  it.each(vectors.trustedDevice)("opens the chain of a trusted device", async (vector) => {
    const deviceKey = await importKey(fromBase64(vector.deviceKeyB64));
    const privateKey = await importPrivateKey(await openBytes(deviceKey, vector.encryptedPrivateKey));
    expect(toBase64(await decapsulate(privateKey, vector.encryptedUserKey))).toBe(vector.userKeyB64);
  });

  it("makes pairs of 2048 bits that work", async () => {
    const pair = await newKeyPair();
    const secret = newKeyBytes();
    const opened = await decapsulate(
      await importPrivateKey(pair.privateKey),
      await encapsulate(pair.publicKey, secret),
    );
    expect(opened).toEqual(secret);
    expect(fromBase64(pair.publicKey).length).toBe(294);
  });

  it("refuses a key that is for somebody else", async () => {
    const other = await importPrivateKey((await newKeyPair()).privateKey);
    await expect(decapsulate(other, first(vectors.rsaDecapsulate).encString)).rejects.toMatchObject({
      kind: "undecryptable",
    });
  });
});
