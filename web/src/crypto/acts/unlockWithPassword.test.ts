import { describe, expect, it } from "vitest";
import type { AccountKeys } from "../model/keys";
import { first, kdfOf, vectors } from "../testdata/vectors";
import { Keyring } from "./keyring";
import { startLogin, unlockWithMasterKey, unlockWithPassword } from "./unlockWithPassword";

const account = first(vectors.fromScratchAccount);
const keys: AccountKeys = {
  kdf: kdfOf(account.kdf),
  salt: account.salt,
  wrappedUserKey: account.wrappedUserKey,
  wrappedPrivateKey: account.privateKey,
  publicKey: account.publicKeyB64,
};
const input = { password: account.password, salt: keys.salt, kdf: keys.kdf };

describe("unlockWithPassword", () => {
  it("opens the account of the vectors", async () => {
    const ring = new Keyring();
    const { userKey, userKeyId } = await unlockWithPassword(ring, account.password, keys);
    expect(ring.key(userKey).enc.extractable).toBe(false);
    expect(ring.key(userKey).mac.extractable).toBe(false);
    expect(ring.me().privateKey.sha1.extractable).toBe(false);
    expect(userKeyId).toMatch(/^[0-9a-f]{32}$/);
  });

  it("calls a wrong password a wrong password", async () => {
    await expect(unlockWithPassword(new Keyring(), "wrong", keys)).rejects.toMatchObject({
      kind: "wrongPassword",
    });
  });

  it("refuses an account of version 2 by name", async () => {
    const wrappedPrivateKey = first(vectors.v2Account).privateKey;
    await expect(
      unlockWithPassword(new Keyring(), account.password, { ...keys, wrappedPrivateKey }),
    ).rejects.toMatchObject({ kind: "unsupported" });
  });
});

describe("startLogin", () => {
  it("gives the hash first and unlocks once with the same derivation", async () => {
    const ring = new Keyring();
    const started = await startLogin(ring, input);
    expect(started.authHash).toBe(account.authHash);
    const { userKey } = await unlockWithMasterKey(ring, started.masterKey, keys);
    expect(ring.key(userKey)).toBeDefined();
    await expect(unlockWithMasterKey(ring, started.masterKey, keys)).rejects.toMatchObject({
      kind: "locked",
    });
  });

  it("forgets everything with the keyring", async () => {
    const ring = new Keyring();
    const { userKey } = await unlockWithPassword(ring, account.password, keys);
    ring.clear();
    expect(() => ring.key(userKey)).toThrow(/locked/);
    expect(() => ring.me()).toThrow(/locked/);
  });
});
