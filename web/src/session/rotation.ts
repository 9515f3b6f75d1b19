import type { Api } from "@/api";
import type { KeyRotation } from "@/api/accounts";
import type { ProfileOrganization } from "@/api/wire";
import { CryptoError } from "@/crypto/error";
import type { CipherRecord } from "@/crypto/model/encrypted";
import type { AccountKeys } from "@/crypto/model/keys";
import { kdfToWire } from "@/crypto/primitives/kdf";
import type { RecoveryTarget, Rotated, Rotation } from "@/crypto/proxy";

/** What is handled beside the vault; everything else that the server names is not known here. */
const recoveryData = "organizationPasswordResetKeyData";

/** Files of the oldest format are under the user key themselves, and have to be upgraded before it changes. */
export const withOldFiles = (ciphers: readonly CipherRecord[]): CipherRecord[] =>
  ciphers.filter(
    ({ organizationId, attachments }) => !organizationId && (attachments ?? []).some(({ key }) => !key),
  );

/**
 * Fetches all that is under the user key. Refuses when there is more than items with their files, folders, Sends and
 * the keys for those organizations: what this app cannot encrypt again would be lost with the old key.
 */
export async function underUserKey(
  api: Api,
  recovery: readonly RecoveryTarget[] = [],
): Promise<Pick<Rotation, "ciphers" | "folders" | "sends" | "recovery">> {
  const [answer, { [recoveryData]: _, ...data }] = await Promise.all([
    api.sync.sync(),
    api.accounts.keyRotationData(),
  ]);
  const others = Object.values(data).filter(Array.isArray);
  if (others.some((list) => list.length > 0)) {
    throw new CryptoError("unsupported", "The account has more under its key than items, folders and Sends.");
  }
  const enrolled = enrolledIn(answer.profile.organizations);
  if (!sameIds(enrolled, recovery)) {
    throw new CryptoError("unsupported", "The organizations that may recover the account have changed.");
  }
  return {
    recovery,
    ciphers: answer.ciphers.filter(({ organizationId }) => !organizationId),
    folders: answer.folders,
    sends: answer.sends ?? [],
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
    accountData: { ciphers: rotated.ciphers, folders: rotated.folders, sends: rotated.sends },
  };
}
