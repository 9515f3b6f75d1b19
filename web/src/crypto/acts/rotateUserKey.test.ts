import { beforeAll, describe, expect, it } from "vitest";
import { cryptoOver } from "../createCrypto";
import { inProcessEndpoint } from "../endpoint";
import type { CipherRecord, FolderRecord } from "../model/encrypted";
import type { AccountKeys, KeyHandle } from "../model/keys";
import { importKey, newKeyBytes, sealText } from "../primitives/symmetric";
import type { CryptoProxy, Rotated } from "../proxy";
import { drafts, stored } from "../testdata/items";
import { keysOf, password, quickKdf } from "../testdata/people";
import { first } from "../testdata/vectors";

const salt = "ann@example.test";
const total = drafts.length * 2;

describe("rotateUserKey", () => {
  let crypto: CryptoProxy;
  let keys: AccountKeys;
  let userKey: KeyHandle;
  let userKeyId: string;
  let ciphers: CipherRecord[];
  let folders: FolderRecord[];
  let rotated: Rotated;
  const progress: [number, number][] = [];

  const newKeys = (): AccountKeys => ({
    ...keys,
    wrappedUserKey: rotated.wrappedUserKey,
    wrappedPrivateKey: rotated.wrappedPrivateKey,
  });

  beforeAll(async () => {
    crypto = cryptoOver(inProcessEndpoint());
    keys = keysOf(await crypto.registerAccount({ password, salt, kdf: quickKdf }));
    ({ userKey, userKeyId } = await crypto.unlockWithPassword(password, keys));
    const sealed = await Promise.all(
      drafts.flatMap((draft) =>
        [true, false].map((itemKey) => crypto.sealCipher(draft, userKey, { itemKey })),
      ),
    );
    ciphers = sealed.map((cipher, i) => ({ ...stored(cipher), id: `${i}` }));
    folders = [{ id: "f", name: await crypto.sealName("Work", userKey), revisionDate: "" }];
    rotated = await crypto.rotateUserKey(
      { keys, userKey, password, ciphers, folders, recovery: [], sends: [] },
      { onProgress: (done, of) => progress.push([done, of]) },
    );
  });

  it("makes a new key for the same password and key pair", async () => {
    expect(rotated.masterPasswordHash).toBe(
      await crypto.passwordHash({ password, salt: keys.salt, kdf: keys.kdf }),
    );
    const again = await cryptoOver(inProcessEndpoint()).unlockWithPassword(password, newKeys());
    expect(again.userKeyId).toBe(rotated.userKeyId);
    expect(rotated.userKeyId).not.toBe(userKeyId);
    expect(rotated.wrappedPrivateKey).not.toBe(keys.wrappedPrivateKey);
  });

  it("keeps organizations open, which are under the key pair", async () => {
    const organization = await crypto.createOrganizationKeys("General");
    const fresh = cryptoOver(inProcessEndpoint());
    await fresh.unlockWithPassword(password, newKeys());
    const opened = await fresh.openKeys({
      organizations: [{ id: "o", key: organization.key }],
      providers: [],
      clients: [],
    });
    expect(opened.failed).toEqual([]);
  });

  it("puts every item and folder under the new key, and keeps what is in them", async () => {
    expect(rotated.ciphers.map(({ id }) => id)).toEqual(ciphers.map(({ id }) => id));
    const fresh = cryptoOver(inProcessEndpoint());
    const { userKey: newKey } = await fresh.unlockWithPassword(password, newKeys());
    const after = await fresh.openCiphers(
      rotated.ciphers.map((cipher) => ({ cipher: stored(cipher), owner: newKey })),
    );
    const before = await crypto.openCiphers(ciphers.map((cipher) => ({ cipher, owner: userKey })));
    const plain = (views: typeof after) =>
      views.map(({ id: _, creationDate: __, revisionDate: ___, ...content }) => content);
    expect(plain(after)).toEqual(plain(before));
    const [folder] = rotated.folders;
    expect(await fresh.openFolders([{ ...first(folders), ...folder }], newKey)).toMatchObject([
      { id: "f", name: "Work", broken: false },
    ]);
  });

  it("leaves nothing that the old key opens, and says which revision it was made of", async () => {
    for (const [i, cipher] of rotated.ciphers.entries()) {
      const opened = await crypto.openCipher(stored(cipher), userKey).catch(() => null);
      expect(opened === null || opened.broken.includes("name")).toBe(true);
      expect(cipher).toMatchObject({
        organizationId: null,
        lastKnownRevisionDate: ciphers[i]?.revisionDate,
      });
    }
  });

  it("tells how far it is", () => {
    expect(progress.at(-1)).toEqual([total, total]);
  });

  it("refuses a wrong password, and what it would lose", async () => {
    const rotation = { keys, userKey, password, ciphers, folders, recovery: [], sends: [] };
    await expect(crypto.rotateUserKey({ ...rotation, password: "wrong" })).rejects.toMatchObject({
      kind: "wrongPassword",
    });
    const foreign = await sealText(await importKey(newKeyBytes()), "x");
    const unkeyed = ciphers.find(({ key }) => !key);
    if (!unkeyed) throw new Error("no item without a key of its own");
    for (const damaged of [
      { ...rotation, ciphers: [{ ...unkeyed, notes: foreign }] },
      { ...rotation, ciphers: [{ ...unkeyed, key: foreign }] },
      { ...rotation, folders: [{ ...first(folders), name: foreign }] },
    ]) {
      await expect(crypto.rotateUserKey(damaged)).rejects.toMatchObject({ kind: "undecryptable" });
    }
  });
});
