import { describe, expect, it } from "vitest";
import { newDraft } from "../model/draft";
import { fromBase64, sha256, toBase64, utf8 } from "../primitives/bytes";
import { importKey, newKeyBytes, openBytes, openText } from "../primitives/symmetric";
import { drafts, stored } from "../testdata/items";
import { first } from "../testdata/vectors";
import { openCipher } from "./openCipher";
import { sealCipher } from "./sealCipher";

const newKey = () => importKey(newKeyBytes());

describe.each([false, true])("sealCipher, with a key of its own: %s", (itemKey) => {
  it.each(drafts)("$type comes back as it was", async (draft) => {
    const owner = await newKey();
    const sealed = await sealCipher(draft, owner, { itemKey });
    expect(sealed.key === null).toBe(!itemKey);
    expect(await openCipher(stored(sealed), owner)).toMatchObject(draft);
  });

  it.each(drafts)("$type holds no plaintext", async (draft) => {
    const json = JSON.stringify(await sealCipher(draft, await newKey(), { itemKey }));
    for (const plain of [`My ${draft.type}`, "Two", "visible", "1234", `${draft.type} `, "JBSW", "https"]) {
      expect(json).not.toContain(plain);
    }
  });
});

describe("sealCipher", () => {
  it("writes fields that open by hand under the item's key", async () => {
    const owner = await newKey();
    const sealed = await sealCipher(first(drafts), owner, { itemKey: true });
    const key = await importKey(await openBytes(owner, sealed.key ?? ""));
    expect(await openText(key, sealed.name)).toBe("My login");
    const uri = sealed.login?.uris?.[0];
    expect(await openText(key, uri?.uriChecksum ?? "")).toBe(
      toBase64(await sha256(utf8("https://example.test/login"))),
    );
  });

  it("keeps key, revision and attachments of an existing item", async () => {
    const owner = await newKey();
    const sealed = await sealCipher(first(drafts), owner, { itemKey: true });
    const attachment = { id: "a", fileName: sealed.name, key: sealed.name, size: "65" };
    const existing = { ...stored(sealed), attachments: [attachment] };
    const again = await sealCipher(await openCipher(existing, owner), owner, { existing });
    expect(again.key).toBe(sealed.key);
    expect(again.lastKnownRevisionDate).toBe(existing.revisionDate);
    expect(again.attachments2).toEqual({ a: { fileName: sealed.name, key: sealed.name } });
  });

  it("sends null for what is empty", async () => {
    const sealed = await sealCipher({ ...newDraft("login"), name: "n" }, await newKey());
    expect(sealed).toMatchObject({ notes: null, fields: null, passwordHistory: null, key: null, type: 1 });
    expect(sealed.login).toMatchObject({ username: null, password: null, totp: null, uris: null });
  });

  it("refuses an item without a name", async () => {
    await expect(sealCipher(newDraft("login"), await newKey())).rejects.toThrow(/name/);
  });

  it("writes what a key of the vectors can open", async () => {
    const owner = await importKey(fromBase64(toBase64(newKeyBytes())));
    const view = await openCipher(stored(await sealCipher(first(drafts), owner)), owner);
    expect(view.broken).toEqual([]);
  });
});
