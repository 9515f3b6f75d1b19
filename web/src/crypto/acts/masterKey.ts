import type { EncText } from "../model/encrypted";
import { type Bytes, wipe } from "../primitives/bytes";
import { stretch } from "../primitives/hkdf";
import { authHash, deriveMasterKey } from "../primitives/kdf";
import { importKey, type SymmetricKey, sealBytes } from "../primitives/symmetric";
import type { PasswordInput } from "../proxy";

export async function importStretched(masterKey: Bytes): Promise<SymmetricKey> {
  const stretched = await stretch(masterKey);
  try {
    return await importKey(stretched);
  } finally {
    wipe(stretched);
  }
}

export interface DerivedPassword {
  readonly authHash: string;
  readonly wrappedUserKey: EncText;
}

/** Both things that a password is good for: proving it to the server, and wrapping the user key. */
export async function wrapForPassword(input: PasswordInput, userKey: Bytes): Promise<DerivedPassword> {
  const masterKey = await deriveMasterKey(input.password, input.salt, input.kdf);
  try {
    const stretched = await importStretched(masterKey);
    return {
      authHash: await authHash(masterKey, input.password),
      wrappedUserKey: await sealBytes(stretched, userKey),
    };
  } finally {
    wipe(masterKey);
  }
}
