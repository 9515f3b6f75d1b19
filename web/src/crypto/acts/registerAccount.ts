import { wipe } from "../primitives/bytes";
import { kdfToWire } from "../primitives/kdf";
import { newKeyPair } from "../primitives/rsa";
import { importKey, newKeyBytes, sealBytes } from "../primitives/symmetric";
import type { NewAccount, PasswordInput } from "../proxy";
import { wrapForPassword } from "./masterKey";

/** A version 1 account: random user key under the password, RSA pair under the user key. */
export async function registerAccount(input: PasswordInput): Promise<NewAccount> {
  const userKey = newKeyBytes();
  const pair = await newKeyPair();
  try {
    const { authHash, wrappedUserKey } = await wrapForPassword(input, userKey);
    const kdf = kdfToWire(input.kdf);
    return {
      masterPasswordAuthentication: { kdf, salt: input.salt, masterPasswordAuthenticationHash: authHash },
      masterPasswordUnlock: {
        kdf,
        salt: input.salt,
        masterKeyWrappedUserKey: wrappedUserKey,
        containedKeyId: null,
      },
      userAsymmetricKeys: {
        publicKey: pair.publicKey,
        encryptedPrivateKey: await sealBytes(await importKey(userKey), pair.privateKey),
      },
    };
  } finally {
    wipe(userKey, pair.privateKey);
  }
}
