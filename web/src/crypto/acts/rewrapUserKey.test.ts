import { describe, expect, it } from "vitest";
import { authHash } from "../primitives/kdf";
import { masterKeyOf, password, person } from "../testdata/people";
import { Keyring } from "./keyring";
import { rewrapUserKey } from "./rewrapUserKey";
import { openUserKey, unlockWithPassword } from "./unlockWithPassword";

const email = "ann@example.test";

describe("rewrapUserKey", () => {
  it("changes the password and keeps the user key", async () => {
    const { keys } = await person(email);
    const changed = await rewrapUserKey({ keys, password, newPassword: "another one" });
    const before = await masterKeyOf(email);
    const after = await masterKeyOf(email, "another one");
    expect(changed.masterPasswordHash).toBe(await authHash(before.raw, password));
    expect(changed.authenticationData.masterPasswordAuthenticationHash).toBe(
      await authHash(after.raw, "another one"),
    );
    const wrappedUserKey = changed.unlockData.masterKeyWrappedUserKey;
    expect(await openUserKey(after, { ...keys, wrappedUserKey })).toEqual(await openUserKey(before, keys));
  });

  it("changes KDF and salt, the same on both sides", async () => {
    const { keys } = await person(email);
    const newKdf = { type: "argon2id", iterations: 2, memory: 16, parallelism: 1 } as const;
    const newSalt = "bea@example.test";
    const changed = await rewrapUserKey({ keys, password, newKdf, newSalt });
    const kdf = { kdfType: 1, iterations: 2, memory: 16, parallelism: 1 };
    expect(changed.authenticationData).toMatchObject({ kdf, salt: newSalt });
    expect(changed.unlockData).toMatchObject({ kdf, salt: newSalt });
    const wrappedUserKey = changed.unlockData.masterKeyWrappedUserKey;
    const next = { ...keys, kdf: newKdf, salt: newSalt, wrappedUserKey };
    const { userKeyId } = await unlockWithPassword(new Keyring(), password, next);
    expect(userKeyId).toBe(changed.unlockData.containedKeyId);
  });

  it("does nothing for a wrong password", async () => {
    const { keys } = await person(email);
    await expect(
      rewrapUserKey({ keys, password: "wrong", newPassword: "another one" }),
    ).rejects.toMatchObject({ kind: "wrongPassword" });
  });
});
