import { describe, expect, it } from "vitest";
import { authHash } from "../primitives/kdf";
import { decapsulate, encapsulate, importPrivateKey } from "../primitives/rsa";
import { importKey, newKeyBytes, openBytes } from "../primitives/symmetric";
import { keysOf, masterKeyOf, password, quickKdf } from "../testdata/people";
import { registerAccount } from "./registerAccount";

describe("registerAccount", () => {
  it("makes an account that opens by hand, step by step", async () => {
    const salt = "ann@example.test";
    const account = await registerAccount({ password, salt, kdf: quickKdf });
    const { raw, stretched } = await masterKeyOf(salt);

    const kdf = { kdfType: 0, iterations: 5000, memory: null, parallelism: null };
    expect(account.masterPasswordAuthentication).toEqual({
      kdf,
      salt,
      masterPasswordAuthenticationHash: await authHash(raw, password),
    });
    expect(account.masterPasswordUnlock).toMatchObject({ kdf, salt });

    const keys = keysOf(account);
    const userKeyBytes = await openBytes(stretched, keys.wrappedUserKey);
    expect(userKeyBytes.length).toBe(64);
    const pkcs8 = await openBytes(await importKey(userKeyBytes), keys.wrappedPrivateKey);
    const secret = newKeyBytes();
    const opened = await decapsulate(
      await importPrivateKey(pkcs8),
      await encapsulate(keys.publicKey, secret),
    );
    expect(opened).toEqual(secret);
  });
});
