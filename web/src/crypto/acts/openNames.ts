import type { CollectionRecord, EncText, FolderRecord } from "../model/encrypted";
import type { CollectionView, FolderView } from "../model/view";
import { openText, type SymmetricKey } from "../primitives/symmetric";

async function openName(key: SymmetricKey, text: EncText): Promise<{ name: string; broken: boolean }> {
  try {
    return { name: await openText(key, text), broken: false };
  } catch {
    return { name: "", broken: true };
  }
}

export const openFolder = async (folder: FolderRecord, key: SymmetricKey): Promise<FolderView> => ({
  id: folder.id,
  revisionDate: folder.revisionDate,
  ...(await openName(key, folder.name)),
});

export const openCollection = async (
  collection: CollectionRecord,
  key: SymmetricKey,
): Promise<CollectionView> => ({
  id: collection.id,
  organizationId: collection.organizationId,
  externalId: collection.externalId ?? null,
  readOnly: collection.readOnly ?? false,
  hidePasswords: collection.hidePasswords ?? false,
  manage: collection.manage ?? false,
  ...(collection.assigned !== undefined && { assigned: collection.assigned }),
  ...(collection.unmanaged !== undefined && { unmanaged: collection.unmanaged }),
  isDefault: collection.type === 1,
  ...(await openName(key, collection.name)),
});
