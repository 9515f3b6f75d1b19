import { describe, expect, it } from "vitest";
import type { CipherRecord, EncText } from "../model/encrypted";
import { fromBase64 } from "../primitives/bytes";
import { importKey, sealText } from "../primitives/symmetric";
import { drafts, stored } from "../testdata/items";
import { first, vectors } from "../testdata/vectors";
import { openCipher } from "./openCipher";
import { openListItem } from "./openCipherList";
import { sealCipher } from "./sealCipher";

const vectorKey = () => importKey(fromBase64(first(vectors.cipher).keyB64));

describe("openCipher", () => {
  it.each(vectors.cipher)("$name", async ({ keyB64, encryptedCipher, expectedPlain }) => {
    const view = await openCipher(encryptedCipher, await importKey(fromBase64(keyB64)));
    expect(view.broken).toEqual([]);
    expect(view.name).toBe(expectedPlain.name);
    expect(view.notes).toBe(expectedPlain.notes ?? "");
    if (view.type !== "login") throw new Error("expected a login");
    const { login } = expectedPlain;
    expect(view.login.username).toBe(login?.username ?? "");
    expect(view.login.password).toBe(login?.password ?? "");
    expect(view.login.totp).toBe(login?.totp ?? "");
    expect(view.login.uris).toEqual(
      (login?.uris ?? []).map(({ uri, match }) => ({ uri, match: match ?? null })),
    );
    expect(view.login.passkeys).toMatchObject(
      (login?.fido2Credentials ?? []).map(({ creationDate: _, ...texts }) => texts),
    );
    expect(view.fields).toMatchObject(
      (expectedPlain.fields ?? []).map((field) => ({ ...field, value: field.value ?? "" })),
    );
    expect(view.passwordHistory.map(({ password }) => password)).toEqual(expectedPlain.passwordHistory ?? []);
  });

  it("drops unchecked URIs of items with a key of their own, and only of those", async () => {
    const { ciphers, userKeyB64, orgKeyB64, expected } = first(vectors.fromScratchAccount);
    for (const cipher of ciphers) {
      const view = await openCipher(
        cipher,
        await importKey(fromBase64(cipher.organizationId ? orgKeyB64 : userKeyB64)),
      );
      if (view.type !== "login") throw new Error("expected a login");
      expect(view.login.uris.map(({ uri }) => uri)).toEqual(
        cipher.key ? expected.urisWithCipherKey : expected.urisWithoutCipherKey,
      );
      expect([view.name, view.login.username, view.login.password]).toEqual([
        expected.name,
        expected.username,
        expected.password,
      ]);
      expect(view.fields.map(({ name, value }) => [name, value])).toEqual([expected.field]);
    }
  });

  it("blanks a damaged field and names it", async () => {
    const key = await vectorKey();
    const sealed = await sealCipher(first(drafts), key);
    const damaged = { ...stored(sealed), login: { ...sealed.login, password: "2.x" as EncText } };
    const view = await openCipher(damaged, key);
    expect(view.broken).toEqual(["login.password"]);
    expect(view.type === "login" && view.login.password).toBe("");
    expect(view.name).toBe("My login");
  });

  it.each([
    ["a type of a future client", { type: 99 }],
    ["a sealed blob of version 2", { data: '{"format_version":1,"wrapped_cek":"","envelope":""}' }],
  ])("refuses %s", async (_, part: Partial<CipherRecord>) => {
    const key = await vectorKey();
    const cipher = { ...stored(await sealCipher(first(drafts), key)), ...part };
    await expect(openCipher(cipher, key)).rejects.toMatchObject({ kind: "unsupported" });
  });

  it("takes answers without rights as full rights", async () => {
    const key = await vectorKey();
    const {
      edit: _,
      viewPassword: __,
      permissions: ___,
      ...mini
    } = stored(await sealCipher(first(drafts), key));
    expect(await openCipher(mini, key)).toMatchObject({ edit: true, viewPassword: true, canDelete: true });
  });
});

describe("openListItem", () => {
  it.each([
    ["login", "login username"],
    ["secureNote", ""],
    ["card", "card brand, *mber"],
    ["identity", "identity firstName identity middleName identity lastName"],
    ["sshKey", "sshKey keyFingerprint"],
    ["bankAccount", "bankAccount bankName, *mber"],
    ["driversLicense", "driversLicense firstName driversLicense lastName"],
    ["passport", "passport givenName passport surname"],
  ])("%s is listed as “%s”", async (type, subtitle) => {
    const key = await vectorKey();
    const draft = drafts.find((candidate) => candidate.type === type);
    if (!draft) throw new Error(type);
    const item = await openListItem(stored(await sealCipher(draft, key, { itemKey: true })), key);
    expect(item).toMatchObject({ type, name: `My ${type}`, subtitle, broken: false });
  });

  it("knows what a login has without opening it", async () => {
    const key = await vectorKey();
    const item = await openListItem(stored(await sealCipher(first(drafts), key)), key);
    expect(item).toMatchObject({ hasTotp: true, hasPassword: true, hasPasskey: true, hasAttachments: false });
    expect(item.uris).toEqual(["https://example.test/login", "https://host.example.test"]);
  });

  it("lists what it cannot open as broken", async () => {
    const key = await vectorKey();
    const other = await importKey(new Uint8Array(64));
    const cipher = stored(await sealCipher(first(drafts), key, { itemKey: true }));
    expect(await openListItem(cipher, other)).toMatchObject({ broken: true, name: "" });
    const unkeyed = { ...cipher, key: null, name: await sealText(other, "x") };
    expect(await openListItem(unkeyed, key)).toMatchObject({ broken: true });
    expect(await openListItem({ ...cipher, type: 99 }, key)).toMatchObject({ type: null, broken: false });
  });
});
