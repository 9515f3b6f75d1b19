import { CryptoError } from "@/crypto/error";
import type { CipherRecord, EncryptedCipher } from "@/crypto/model/encrypted";
import { withHistory } from "@/crypto/model/history";
import type { KeyHandle } from "@/crypto/model/keys";
import type { CipherDraft, CipherView } from "@/crypto/model/view";
import type { CryptoProxy } from "@/crypto/proxy";

/** Somebody saved the item while it was being edited. */
export class ChangedElsewhere extends Error {
  constructor() {
    super("The item was changed elsewhere while it was being edited.");
    this.name = "ChangedElsewhere";
  }
}

/** What an edit writes over. A file that came, or another folder, is no change of that. */
function contentOf(view: CipherView): string {
  const { name, notes, organizationId, reprompt, fields, passwordHistory, type } = view;
  const own = (view as unknown as Record<string, unknown>)[type] ?? null;
  return JSON.stringify([type, own, name, notes, organizationId, reprompt, fields, passwordHistory]);
}

/**
 * Seals an edited item with its history. An item with damaged parts is not saved: they would be lost for good.
 * Neither is one that is another by now than `start`, with which the editing began.
 */
export async function sealEdit(
  crypto: CryptoProxy,
  record: CipherRecord,
  owner: KeyHandle,
  draft: CipherDraft,
  now: Date,
  start?: CipherView,
): Promise<EncryptedCipher> {
  const before = await crypto.openCipher(record, owner);
  if (start && contentOf(before) !== contentOf(start)) throw new ChangedElsewhere();
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
