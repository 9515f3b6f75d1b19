import type { Api } from "@/api";
import type { KeyRotation } from "@/api/accounts";
import type { ProfileOrganization, SyncAnswer } from "@/api/wire";
import { CryptoError } from "@/crypto/error";
import type { AccountKeys } from "@/crypto/model/keys";
import { kdfToWire } from "@/crypto/primitives/kdf";
import type { RecoveryTarget, Rotated } from "@/crypto/proxy";

/** What is handled beside the vault; everything else that the server names is not known here. */
const recoveryData = "organizationPasswordResetKeyData";

/**
 * Fetches all that is under the user key. Refuses when there is more than items, folders and the keys for those
 * organizations: what this app cannot encrypt again would be lost with the old key.
 */
export async function underUserKey(
  api: Api,
  recovery: readonly RecoveryTarget[] = [],
): Promise<Pick<SyncAnswer, "ciphers" | "folders"> & { recovery: readonly RecoveryTarget[] }> {
  const [answer, { [recoveryData]: _, ...data }] = await Promise.all([
    api.sync.sync(),
    api.accounts.keyRotationData(),
  ]);
  const others = [answer.sends ?? [], ...Object.values(data).filter(Array.isArray)];
  if (others.some((list) => list.length > 0)) {
    throw new CryptoError("unsupported", "The account has more under its key than items and folders.");
  }
  const enrolled = enrolledIn(answer.profile.organizations);
  if (!sameIds(enrolled, recovery)) {
    throw new CryptoError("unsupported", "The organizations that may recover the account have changed.");
  }
  return {
    recovery,
    ciphers: answer.ciphers.filter(({ organizationId }) => !organizationId),
    folders: answer.folders,
  };
}

/** Organizations that hold a copy of the user key. */
export const enrolledIn = (organizations: readonly ProfileOrganization[]) =>
  organizations
    .filter(({ resetPasswordEnrolled }) => resetPasswordEnrolled === true)
    .map(({ id }) => ({ organizationId: id }));

type OfOrganization = { readonly organizationId: string };

function sameIds(one: readonly OfOrganization[], other: readonly OfOrganization[]): boolean {
  const known = new Set(one.map(({ organizationId }) => organizationId));
  return known.size === other.length && other.every(({ organizationId }) => known.has(organizationId));
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
      organizationAccountRecoveryUnlockData: rotated.recoveryKeys,
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
