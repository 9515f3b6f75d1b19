import { describe, expect, it } from "vitest";
import { first, vectors } from "../testdata/vectors";
import { fromBase64, fromHex, fromUtf8, toBase64, utf8 } from "./bytes";
import { openFile, sealedSize, sealFile } from "./encFile";
import { parseEncString } from "./encString";
import { importKey, openBytes, openText } from "./symmetric";

const keyOf = (base64: string) => importKey(fromBase64(base64));
const someKey = () => keyOf(first(vectors.encStringType2Decrypt).keyB64);

describe("files", () => {
  it.each(vectors.encStringBinary)("have the parts of the text in another order", (vector) => {
    const value = parseEncString(vector.encString);
    if (value.type !== 2) throw new Error("expected type 2");
    const { iv, mac, ciphertext } = value;
    expect(Uint8Array.of(2, ...iv, ...mac, ...ciphertext)).toEqual(fromHex(vector.binaryHex));
  });

  it.each(vectors.attachment.filter((v) => v.attachmentKeyB64 && !v.encrypt))("file %#", async (vector) => {
    const file = await openFile(
      await keyOf(vector.attachmentKeyB64 ?? ""),
      fromBase64(vector.encryptedFileB64 ?? ""),
    );
    expect(toBase64(file)).toBe(vector.plaintextB64);
  });

  it.each(vectors.attachment.filter((v) => v.encrypt))("written with a fixed IV", async (vector) => {
    const key = await keyOf(vector.attachmentKeyB64 ?? "");
    const sealed = await sealFile(key, fromBase64(vector.plaintextB64 ?? ""), fromHex(vector.ivHex ?? ""));
    expect(toBase64(sealed)).toBe(vector.encryptedFileB64);
  });

  it.each(vectors.attachment.filter((v) => v.fileNameEnc))("file name $fileName", async (vector) => {
    expect(await openText(await keyOf(vector.cipherKeyB64 ?? ""), vector.fileNameEnc ?? "")).toBe(
      vector.fileName,
    );
  });

  it.each(vectors.attachment.filter((v) => v.userKeyB64))("of an older generation %#", async (vector) => {
    let key = await keyOf(vector.userKeyB64 ?? "");
    for (const wrapped of [vector.encryptedCipherKey, vector.encryptedAttachmentKey]) {
      if (wrapped) key = await importKey(await openBytes(key, wrapped));
    }
    const file = await openFile(key, fromBase64(vector.encryptedFileB64 ?? ""));
    expect(toBase64(file)).toBe(vector.plaintextB64);
  });

  it.each([0, 1, 15, 16, 17, 31, 32, 100])("of %i bytes have the size that was announced", async (length) => {
    const key = await someKey();
    const plain = crypto.getRandomValues(new Uint8Array(length));
    const sealed = await sealFile(key, plain);
    expect(sealed.length).toBe(sealedSize(length));
    expect(await openFile(key, sealed)).toEqual(plain);
  });

  const damages: [string, (file: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>][] = [
    ["cut at a block", (file) => file.slice(0, -16)],
    ["cut inside of a block", (file) => file.slice(0, -1)],
    ["cut to nothing", () => new Uint8Array(0)],
    ["without a ciphertext", (file) => file.slice(0, 49)],
    ...[1, 17, 33, 49, 64].map((at): (typeof damages)[number] => [
      `changed at byte ${at}`,
      (file) => file.with(at, (file[at] ?? 0) ^ 1),
    ]),
    ["of a type without a MAC", (file) => file.with(0, 0)],
  ];
  it.each(damages)("%s are refused", async (_, damage) => {
    const key = await someKey();
    const sealed = await sealFile(key, utf8("body of the file"));
    expect(fromUtf8(await openFile(key, sealed.slice()))).toBe("body of the file");
    await expect(openFile(key, damage(sealed))).rejects.toMatchObject({ kind: "undecryptable" });
  });

  it.each(vectors.encStringType7)("of version 2 are refused in words, case %#", async ({ encString }) => {
    const file = Uint8Array.of(7, ...fromBase64(encString.slice(2)));
    await expect(openFile(await someKey(), file)).rejects.toThrow(/version 2/);
  });
});
