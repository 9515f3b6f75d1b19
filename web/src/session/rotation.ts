import type { Api } from "@/api";
import type { KeyRotation } from "@/api/accounts";
import type { SyncAnswer } from "@/api/wire";
import { CryptoError } from "@/crypto/error";
import type { AccountKeys } from "@/crypto/model/keys";
import { kdfToWire } from "@/crypto/primitives/kdf";
import type { Rotated } from "@/crypto/proxy";

/**
 * Fetches all that is under the user key. Refuses when there is more than items and folders: what this app cannot
 * encrypt again would be lost with the old key.
 */
export async function underUserKey(api: Api): Promise<Pick<SyncAnswer, "ciphers" | "folders">> {
  const [answer, data] = await Promise.all([api.sync.sync(), api.accounts.keyRotationData()]);
  const others = [answer.sends ?? [], ...Object.values(data).filter(Array.isArray)];
  if (others.some((list) => list.length > 0)) {
    throw new CryptoError("unsupported", "The account has more under its key than items and folders.");
  }
  return {
    ciphers: answer.ciphers.filter(({ organizationId }) => !organizationId),
    folders: answer.folders,
  };
}

export const rotatedKeys = (keys: AccountKeys, rotated: Rotated): AccountKeys => ({
  ...keys,
  wrappedUserKey: rotated.wrappedUserKey,
  wrappedPrivateKey: rotated.wrappedPrivateKey,
});

export function rotationRequest(email: string, keys: AccountKeys, rotated: Rotated): KeyRotation {
  const { kdfType, iterations, memory, parallelism } = kdfToWire(keys.kdf);
  const { masterPasswordHash, userKeyId, wrappedUserKey, wrappedPrivateKey } = rotated;
  return {
    oldMasterKeyAuthenticationHash: masterPasswordHash,
    newUserKeyId: userKeyId,
    accountUnlockData: {
      masterPasswordUnlockData: {
        ...{ kdfType, kdfIterations: iterations, kdfMemory: memory, kdfParallelism: parallelism },
        email,
        masterPasswordSalt: keys.salt,
        masterKeyAuthenticationHash: masterPasswordHash,
        masterKeyEncryptedUserKey: wrappedUserKey,
        containedKeyId: userKeyId,
      },
      emergencyAccessUnlockData: [],
      organizationAccountRecoveryUnlockData: [],
      passkeyUnlockData: [],
      deviceKeyUnlockData: [],
    },
    accountKeys: {
      userKeyEncryptedAccountPrivateKey: wrappedPrivateKey,
      accountPublicKey: keys.publicKey,
      publicKeyEncryptionKeyPair: { wrappedPrivateKey, publicKey: keys.publicKey, signedPublicKey: null },
      signatureKeyPair: null,
      securityState: null,
    },
    accountData: { ciphers: rotated.ciphers, folders: rotated.folders, sends: [] },
  };
}
