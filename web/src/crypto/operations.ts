import { adoptOrganization } from "./acts/adoptOrganization";
import { askDevice, unlockWithApproval } from "./acts/askDevice";
import { createAttachment, openAttachment, sealAttachment, sealAttachmentName } from "./acts/attachment";
import { confirmMember } from "./acts/confirmMember";
import { createClientKeys, createOrganizationKeys, createProviderKey } from "./acts/createKeys";
import type { Keyring } from "./acts/keyring";
import { openCipher } from "./acts/openCipher";
import { openListItem } from "./acts/openCipherList";
import { openKeys } from "./acts/openKeys";
import { openCollection, openFolder } from "./acts/openNames";
import { passwordHash } from "./acts/passwordHash";
import { openExport, sealExport } from "./acts/protectedExport";
import { enrolRecovery, recoverAccount } from "./acts/recovery";
import { registerAccount } from "./acts/registerAccount";
import { rewrapUserKey } from "./acts/rewrapUserKey";
import { createUserKey, rekeyCiphers, rekeyFolders } from "./acts/rotateUserKey";
import { sealCipher } from "./acts/sealCipher";
import { shareCipher } from "./acts/shareCipher";
import { startLogin, unlockWithMasterKey, unlockWithPassword } from "./acts/unlockWithPassword";
import type {
  CipherRecord,
  CollectionRecord,
  EncryptedAttachment,
  EncText,
  FolderRecord,
} from "./model/encrypted";
import type { OrgId } from "./model/ids";
import type { AccountKeys, KdfConfig, KeyHandle, MasterKeyHandle } from "./model/keys";
import type { CipherDraft } from "./model/view";
import { fingerprintPhrase } from "./primitives/fingerprint";
import { sealText } from "./primitives/symmetric";
import type {
  OwnedCipher,
  PasswordInput,
  ProtectedExport,
  Recovery,
  RecoveryTarget,
  Rewrap,
  SealOptions,
  WrappedKeys,
} from "./proxy";
import { sendOperations } from "./sendOperations";

/** Everything a worker can be asked for, by name. The keyring is the worker's own. */
export const operations = {
  registerAccount: (_: Keyring, input: PasswordInput) => registerAccount(input),
  startLogin: (ring: Keyring, input: PasswordInput) => startLogin(ring, input),
  unlockWithMasterKey: (ring: Keyring, masterKey: MasterKeyHandle, keys: AccountKeys) =>
    unlockWithMasterKey(ring, masterKey, keys),
  unlockWithPassword: (ring: Keyring, password: string, keys: AccountKeys) =>
    unlockWithPassword(ring, password, keys),
  askDevice: (ring: Keyring, email: string) => askDevice(ring, email),
  unlockWithApproval: (ring: Keyring, key: string, keys: AccountKeys) => unlockWithApproval(ring, key, keys),
  passwordHash: (_: Keyring, input: PasswordInput) => passwordHash(input),
  rewrapUserKey: (_: Keyring, input: Rewrap) => rewrapUserKey(input),
  createUserKey: (ring: Keyring, password: string, keys: AccountKeys, recovery: readonly RecoveryTarget[]) =>
    createUserKey(ring, password, keys, recovery),
  rekeyCiphers: (ring: Keyring, ciphers: readonly CipherRecord[], from: KeyHandle, to: KeyHandle) =>
    rekeyCiphers(ring, ciphers, from, to),
  rekeyFolders: (ring: Keyring, folders: readonly FolderRecord[], from: KeyHandle, to: KeyHandle) =>
    rekeyFolders(ring, folders, from, to),
  enrolRecovery: (_: Keyring, password: string, keys: AccountKeys, publicKey: string) =>
    enrolRecovery(password, keys, publicKey),
  recoverAccount: (ring: Keyring, input: Recovery) => recoverAccount(ring, input),

  openKeys: (ring: Keyring, keys: WrappedKeys) => openKeys(ring, keys),
  createProviderKey: (ring: Keyring) => createProviderKey(ring),
  createClientKeys: (ring: Keyring, providerKey: KeyHandle, collectionName: string) =>
    createClientKeys(ring, providerKey, collectionName),
  createOrganizationKeys: (ring: Keyring, collectionName: string) =>
    createOrganizationKeys(ring, collectionName),
  adoptOrganization: (ring: Keyring, organizationKey: KeyHandle, providerKey: KeyHandle) =>
    adoptOrganization(ring, organizationKey, providerKey),
  confirmMember: (ring: Keyring, key: KeyHandle, publicKey: string) => confirmMember(ring, key, publicKey),
  fingerprint: (_: Keyring, material: string, publicKey: string) => fingerprintPhrase(material, publicKey),

  openCipherList: (ring: Keyring, ciphers: readonly OwnedCipher[]) =>
    Promise.all(ciphers.map(({ cipher, owner }) => openListItem(cipher, ring.key(owner)))),
  openCiphers: (ring: Keyring, ciphers: readonly OwnedCipher[]) =>
    Promise.all(ciphers.map(({ cipher, owner }) => openCipher(cipher, ring.key(owner)))),
  openCipher: async (ring: Keyring, cipher: CipherRecord, owner: KeyHandle) =>
    openCipher(cipher, ring.key(owner)),
  sealCipher: async (ring: Keyring, draft: CipherDraft, owner: KeyHandle, options?: SealOptions) =>
    sealCipher(draft, ring.key(owner), options),
  shareCipher: async (
    ring: Keyring,
    cipher: CipherRecord,
    from: KeyHandle,
    to: KeyHandle,
    organizationId: OrgId,
  ) => shareCipher(cipher, ring.key(from), ring.key(to), organizationId),

  createAttachment: async (ring: Keyring, cipher: CipherRecord, owner: KeyHandle, name: string) =>
    createAttachment(cipher, ring.key(owner), name),
  sealAttachment: async (ring: Keyring, cipher: CipherRecord, owner: KeyHandle, key: EncText, file: Blob) =>
    sealAttachment(cipher, ring.key(owner), key, file),
  openAttachment: async (
    ring: Keyring,
    cipher: CipherRecord,
    owner: KeyHandle,
    attachment: EncryptedAttachment,
    file: Blob,
  ) => openAttachment(cipher, ring.key(owner), attachment, file),
  sealAttachmentName: async (ring: Keyring, cipher: CipherRecord, owner: KeyHandle, name: string) =>
    sealAttachmentName(cipher, ring.key(owner), name),

  ...sendOperations,

  openFolders: (ring: Keyring, folders: readonly FolderRecord[], key: KeyHandle) =>
    Promise.all(folders.map((folder) => openFolder(folder, ring.key(key)))),
  openCollections: (ring: Keyring, collections: readonly CollectionRecord[], key: KeyHandle) =>
    Promise.all(collections.map((collection) => openCollection(collection, ring.key(key)))),
  sealName: async (ring: Keyring, name: string, owner: KeyHandle): Promise<EncText> =>
    sealText(ring.key(owner), name),

  sealExport: (_: Keyring, plainJson: string, input: { password: string; kdf: KdfConfig }) =>
    sealExport(plainJson, input),
  openExport: (_: Keyring, file: ProtectedExport, password: string) => openExport(file, password),
  sealExportMarker: async (ring: Keyring, owner: KeyHandle) => sealText(ring.key(owner), crypto.randomUUID()),
} as const;

export type OperationName = keyof typeof operations;

type Rest<T> = T extends (ring: Keyring, ...args: infer Args) => unknown ? Args : never;
export type ArgumentsOf<Name extends OperationName> = Rest<(typeof operations)[Name]>;
export type ResultOf<Name extends OperationName> = Awaited<ReturnType<(typeof operations)[Name]>>;

/** These add keys: they run in the first worker, and the others are given the keys before the answer is. */
const addsKeys: ReadonlySet<OperationName> = new Set([
  "unlockWithMasterKey",
  "unlockWithPassword",
  "unlockWithApproval",
  "createUserKey",
  "openKeys",
]);

/** What waits in a worker, for the answer of the server or of another device, stays where it was made. */
export const isPrimary = (name: OperationName): boolean =>
  name === "startLogin" || name === "askDevice" || addsKeys.has(name);
export const changesKeys = (name: OperationName): boolean => addsKeys.has(name);

export async function runOperation<Name extends OperationName>(
  ring: Keyring,
  name: Name,
  args: ArgumentsOf<Name>,
): Promise<ResultOf<Name>> {
  const operation = operations[name] as (ring: Keyring, ...args: unknown[]) => Promise<ResultOf<Name>>;
  return operation(ring, ...args);
}
