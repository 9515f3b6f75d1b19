import { CryptoError } from "@/crypto/error";
import type { CipherRecord, EncryptedCipher } from "@/crypto/model/encrypted";
import { withHistory } from "@/crypto/model/history";
import type { KeyHandle } from "@/crypto/model/keys";
import type { CipherDraft } from "@/crypto/model/view";
import type { CryptoProxy } from "@/crypto/proxy";

/** Seals an edited item with its history. An item with damaged parts is not saved: they would be lost for good. */
export async function sealEdit(
  crypto: CryptoProxy,
  record: CipherRecord,
  owner: KeyHandle,
  draft: CipherDraft,
  now: Date,
): Promise<EncryptedCipher> {
  const before = await crypto.openCipher(record, owner);
  if (before.broken.length > 0) {
    throw new CryptoError("undecryptable", "Parts of this item are damaged; saving would lose them.");
  }
  const next = { ...withHistory(before, draft, now), organizationId: record.organizationId };
  return crypto.sealCipher(next, owner, { existing: record });
}

export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  return left.size === new Set(b).size && b.every((id) => left.has(id));
}
