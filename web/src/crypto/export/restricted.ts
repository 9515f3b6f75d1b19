import type { CipherRecord, EncText, FolderRecord } from "../model/encrypted";

/** Only the content: rights, dates of the trash and everything else that the server adds stays out. */
function itemOf(record: CipherRecord) {
  const { login, secureNote, card, identity, sshKey, bankAccount, driversLicense, passport } = record;
  const content = { login, secureNote, card, identity, sshKey, bankAccount, driversLicense, passport };
  return {
    id: record.id,
    organizationId: null,
    folderId: record.folderId ?? null,
    type: record.type,
    reprompt: record.reprompt ?? 0,
    name: record.name,
    notes: record.notes ?? null,
    favorite: record.favorite ?? false,
    key: record.key ?? null,
    fields: record.fields ?? [],
    passwordHistory: record.passwordHistory ?? [],
    ...Object.fromEntries(Object.entries(content).filter(([, part]) => part)),
    revisionDate: record.revisionDate,
    creationDate: record.creationDate,
    deletedDate: null,
    archivedDate: record.archivedDate ?? null,
    collectionIds: null,
  };
}

/** The encrypted JSON file that only the same account can read: what the server holds, as it is. */
export function restrictedJson(
  records: readonly CipherRecord[],
  folders: readonly FolderRecord[],
  marker: EncText,
): string {
  const own = records.filter(({ organizationId, deletedDate }) => !organizationId && !deletedDate);
  return JSON.stringify(
    {
      encrypted: true,
      encKeyValidation_DO_NOT_EDIT: marker,
      folders: folders.map(({ id, name }) => ({ id, name })),
      items: own.map(itemOf),
    },
    null,
    2,
  );
}
