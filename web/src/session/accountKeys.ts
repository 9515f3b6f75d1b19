import type { MasterPasswordUnlock, WireAccountKeys } from "@/api/wire";
import { CryptoError } from "@/crypto/error";
import type { AccountKeys } from "@/crypto/model/keys";
import { kdfFromWire } from "@/crypto/primitives/kdf";

/** Puts together what opens an account, from the token answer or from a sync. */
export function accountKeys(unlock: MasterPasswordUnlock | null, keys: WireAccountKeys | null): AccountKeys {
  if (!unlock || !keys) {
    throw new CryptoError("unsupported", "The server sent no keys for this account.");
  }
  if (keys.signatureKeyPair || keys.securityState) {
    throw new CryptoError(
      "unsupported",
      "This account uses the newer encryption (version 2), which Kastellan cannot open yet.",
    );
  }
  const { publicKey, wrappedPrivateKey } = keys.publicKeyEncryptionKeyPair;
  return {
    kdf: kdfFromWire(unlock.kdf),
    salt: unlock.salt,
    wrappedUserKey: unlock.masterKeyEncryptedUserKey,
    wrappedPrivateKey,
    publicKey,
  };
}

export const sameKeys = (a: AccountKeys, b: AccountKeys): boolean => JSON.stringify(a) === JSON.stringify(b);
