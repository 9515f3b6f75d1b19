import { wipe } from "../primitives/bytes";
import { authHash, kdfToWire } from "../primitives/kdf";
import { keyId } from "../primitives/keyId";
import type { Rewrap, Rewrapped } from "../proxy";
import { wrapForPassword } from "./masterKey";
import { deriveEntry, openUserKey } from "./unlockWithPassword";

/** Changes password, KDF or salt. The user key stays, so nothing else has to be encrypted again. */
export async function rewrapUserKey(input: Rewrap): Promise<Rewrapped> {
  const { keys, password } = input;
  const current = await deriveEntry({ password, salt: keys.salt, kdf: keys.kdf });
  const userKey = await openUserKey(current, keys);
  const next = {
    password: input.newPassword ?? password,
    salt: input.newSalt ?? keys.salt,
    kdf: input.newKdf ?? keys.kdf,
  };
  try {
    const derived = await wrapForPassword(next, userKey);
    const common = { kdf: kdfToWire(next.kdf), salt: next.salt };
    return {
      masterPasswordHash: await authHash(current.raw, password),
      authenticationData: { ...common, masterPasswordAuthenticationHash: derived.authHash },
      unlockData: {
        ...common,
        masterKeyWrappedUserKey: derived.wrappedUserKey,
        containedKeyId: await keyId(userKey),
      },
    };
  } finally {
    wipe(userKey, current.raw);
  }
}
