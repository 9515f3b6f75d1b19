import type { Member } from "@/api";
import { api, crypto } from "@/app/services";
import { CryptoError, kdfFromWire, normalizeEmail } from "@/crypto";
import type { ConsoleScope } from "../scope";

export type RecoverChoice = {
  /** null leaves the master password as it is. */
  readonly newPassword: string | null;
  /** Turns two-step login off. */
  readonly twoStep: boolean;
};

/** Opens the person's key with the organization's and puts it under the new password, all on this machine. */
export async function recover(
  { organizationId, key }: Pick<ConsoleScope, "organizationId" | "key">,
  member: Member,
  { newPassword, twoStep }: RecoverChoice,
): Promise<void> {
  const nothing = { newMasterPasswordHash: null, key: null };
  const recovered =
    newPassword === null ? nothing : await newUserKey(organizationId, key, member, newPassword);
  await api.recovery.recover(organizationId, member.id, {
    resetMasterPassword: newPassword !== null,
    resetTwoFactor: twoStep,
    ...recovered,
  });
}

async function newUserKey(
  organizationId: ConsoleScope["organizationId"],
  key: ConsoleScope["key"],
  member: Member,
  newPassword: string,
) {
  const details = await api.recovery.details(organizationId, member.id);
  const { resetPasswordKey, encryptedPrivateKey } = details;
  if (!(resetPasswordKey && encryptedPrivateKey)) {
    throw new CryptoError("unsupported", "The person is not enrolled in account recovery.");
  }
  return crypto.recoverAccount({
    ...{ resetPasswordKey, encryptedPrivateKey, newPassword },
    organizationKey: await key(),
    salt: details.masterPasswordSalt ?? normalizeEmail(member.email),
    kdf: kdfFromWire({
      kdfType: details.kdf,
      iterations: details.kdfIterations,
      memory: details.kdfMemory,
      parallelism: details.kdfParallelism,
    }),
  });
}
