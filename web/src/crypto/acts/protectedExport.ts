import { CryptoError } from "../error";
import type { KdfConfig } from "../model/keys";
import { randomBytes, toBase64, wipe } from "../primitives/bytes";
import { deriveMasterKey, kdfFromWire, kdfToWire } from "../primitives/kdf";
import { openText, type SymmetricKey, sealText } from "../primitives/symmetric";
import type { ProtectedExport } from "../proxy";
import { importStretched } from "./masterKey";

/** The salt is the base64 text itself, not the bytes that it stands for. */
async function exportKey(password: string, salt: string, kdf: KdfConfig): Promise<SymmetricKey> {
  const key = await deriveMasterKey(password, salt, kdf);
  try {
    return await importStretched(key);
  } finally {
    wipe(key);
  }
}

export async function sealExport(
  plainJson: string,
  { password, kdf }: { password: string; kdf: KdfConfig },
): Promise<ProtectedExport> {
  const salt = toBase64(randomBytes(16));
  const key = await exportKey(password, salt, kdf);
  const wire = kdfToWire(kdf);
  return {
    encrypted: true,
    passwordProtected: true,
    salt,
    kdfType: wire.kdfType,
    kdfIterations: wire.iterations,
    kdfMemory: wire.memory,
    kdfParallelism: wire.parallelism,
    encKeyValidation_DO_NOT_EDIT: await sealText(key, crypto.randomUUID()),
    data: await sealText(key, plainJson),
  };
}

export async function openExport(file: ProtectedExport, password: string): Promise<string> {
  const kdf = kdfFromWire({
    kdfType: file.kdfType,
    iterations: file.kdfIterations,
    memory: file.kdfMemory ?? null,
    parallelism: file.kdfParallelism ?? null,
  });
  const key = await exportKey(password, file.salt, kdf);
  try {
    await openText(key, file.encKeyValidation_DO_NOT_EDIT);
  } catch {
    throw new CryptoError("wrongPassword", "The password of this file is wrong.");
  }
  return openText(key, file.data);
}
