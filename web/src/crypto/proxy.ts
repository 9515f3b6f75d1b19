import type {
  CipherRecord,
  CollectionRecord,
  EncryptedAttachment,
  EncryptedCipher,
  EncText,
  FolderRecord,
} from "./model/encrypted";
import type { CipherId, FolderId, OrgId, ProviderId } from "./model/ids";
import type {
  AccountKeys,
  KdfConfig,
  KeyHandle,
  MasterKeyHandle,
  WireAuthentication,
  WireKeyPair,
  WireUnlock,
} from "./model/keys";
import type { RewrappedSend, SendRecord } from "./model/sends";
import type { CipherDraft, CipherListItem, CipherView, CollectionView, FolderView } from "./model/view";
import type { SendCrypto } from "./sendProxy";

export interface PasswordInput {
  readonly password: string;
  readonly salt: string;
  readonly kdf: KdfConfig;
}

export interface StartedLogin {
  /** What the token request sends as `password`. */
  readonly authHash: string;
  /** Good for one `unlockWithMasterKey`, or until `lock`. */
  readonly masterKey: MasterKeyHandle;
}

export interface Unlocked {
  readonly userKey: KeyHandle;
  readonly userKeyId: string;
}

/** What is told to the server and to the person when this device asks another one to let it in. */
export interface AskedDevice {
  /** Base64 SPKI. */
  readonly publicKey: string;
  /** Its fingerprint, which the other device shows too. */
  readonly phrase: string;
}

export interface NewAccount {
  readonly masterPasswordAuthentication: WireAuthentication;
  readonly masterPasswordUnlock: WireUnlock;
  readonly userAsymmetricKeys: WireKeyPair;
}

/** A change of password, KDF or e-mail address: the same user key under a new master key. */
export interface Rewrap {
  readonly keys: AccountKeys;
  readonly password: string;
  readonly newPassword?: string;
  readonly newKdf?: KdfConfig;
  readonly newSalt?: string;
}

export interface Rewrapped {
  readonly masterPasswordHash: string;
  readonly authenticationData: WireAuthentication;
  readonly unlockData: WireUnlock;
}

/** A new user key, and the account's keys with it. */
export interface NewUserKey {
  /** The proof of the password, which stays the same. */
  readonly masterPasswordHash: string;
  readonly userKey: KeyHandle;
  readonly userKeyId: string;
  readonly wrappedUserKey: EncText;
  readonly wrappedPrivateKey: EncText;
  /** The new key for each organization that may recover the account. */
  readonly recoveryKeys: readonly RecoveryKey[];
}

/** An organization that may recover the account. Its key's fingerprint was compared. */
export interface RecoveryTarget {
  readonly organizationId: OrgId;
  /** Base64 SPKI. */
  readonly publicKey: string;
}

export interface RecoveryKey {
  readonly organizationId: OrgId;
  readonly resetPasswordKey: EncText;
}

/** A user key for an organization, and the proof that its owner wants that. */
export interface Enrolment {
  readonly masterPasswordHash: string;
  readonly resetPasswordKey: EncText;
}

/** What opens somebody's account to an administrator: the organization's key, and what the person gave it. */
export interface Recovery {
  readonly organizationKey: KeyHandle;
  readonly encryptedPrivateKey: EncText;
  readonly resetPasswordKey: EncText;
  /** The person's own; the new password is derived with them. */
  readonly salt: string;
  readonly kdf: KdfConfig;
  readonly newPassword: string;
}

export interface Recovered {
  readonly newMasterPasswordHash: string;
  /** The same user key, under the new password. */
  readonly key: EncText;
}

export interface RekeyedCipher extends EncryptedCipher {
  readonly id: CipherId;
}

export interface RekeyedFolder {
  readonly id: FolderId;
  readonly name: EncText;
}

/** Everything of an account that is under its user key. */
export interface Rotation {
  readonly keys: AccountKeys;
  readonly userKey: KeyHandle;
  readonly password: string;
  readonly ciphers: readonly CipherRecord[];
  readonly folders: readonly FolderRecord[];
  readonly sends: readonly SendRecord[];
  readonly recovery: readonly RecoveryTarget[];
}

export interface Rotated extends NewUserKey {
  readonly ciphers: readonly RekeyedCipher[];
  readonly folders: readonly RekeyedFolder[];
  readonly sends: readonly RewrappedSend[];
}

/** The wrapped keys that a profile lists. */
export interface WrappedKeys {
  readonly organizations: readonly { readonly id: OrgId; readonly key: EncText }[];
  readonly providers: readonly { readonly id: ProviderId; readonly key: EncText }[];
  readonly clients: readonly {
    readonly organizationId: OrgId;
    readonly providerId: ProviderId;
    readonly key: EncText;
  }[];
}

export interface OpenedKeys {
  readonly organizations: ReadonlyMap<OrgId, KeyHandle>;
  readonly providers: ReadonlyMap<ProviderId, KeyHandle>;
  /** Organizations by way of a provider; kept apart from memberships. */
  readonly clients: ReadonlyMap<OrgId, KeyHandle>;
  /** Ids whose key could not be opened. */
  readonly failed: readonly string[];
}

export interface NewOrganizationKeys {
  /** The organization key: for its creator (type 4) or, for a client, under the provider key (type 2). */
  readonly key: EncText;
  readonly keyPair: WireKeyPair;
  readonly collectionName: EncText;
}

export interface SealOptions {
  /** The record that the draft was opened from: its item key is kept. */
  readonly existing?: CipherRecord;
  /** Give a new item a key of its own; only where the server advertises it. */
  readonly itemKey?: boolean;
}

/** What is announced to the server before a file is sent: the file's own key, under its item's, and its name. */
export interface NewAttachment {
  readonly key: EncText;
  readonly fileName: EncText;
}

export interface OwnedCipher {
  readonly cipher: CipherRecord;
  readonly owner: KeyHandle;
}

export interface BatchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The KDF settings, salt and ciphertext of a password-protected export file. */
export interface ProtectedExport {
  readonly encrypted: true;
  readonly passwordProtected: true;
  readonly salt: string;
  readonly kdfType: 0 | 1;
  readonly kdfIterations: number;
  readonly kdfMemory: number | null;
  readonly kdfParallelism: number | null;
  readonly encKeyValidation_DO_NOT_EDIT: EncText;
  readonly data: EncText;
}

/**
 * The only door to the keys. Everything behind it runs in workers; the page holds handles. All calls reject
 * with a `CryptoError` (see `error.ts`), and with kind `locked` after `lock()`.
 */
export interface CryptoProxy extends SendCrypto {
  // The account.
  registerAccount(input: PasswordInput): Promise<NewAccount>;
  startLogin(input: PasswordInput): Promise<StartedLogin>;
  unlockWithMasterKey(masterKey: MasterKeyHandle, keys: AccountKeys): Promise<Unlocked>;
  unlockWithPassword(password: string, keys: AccountKeys): Promise<Unlocked>;
  /** Makes a key pair; its private half stays in the worker until the answer, the next call, or `lock`. */
  askDevice(email: string): Promise<AskedDevice>;
  /** With the user key that another device has encrypted to that key pair. */
  unlockWithApproval(key: string, keys: AccountKeys): Promise<Unlocked>;
  /** The proof that sensitive endpoints ask for as `masterPasswordHash`. */
  passwordHash(input: PasswordInput): Promise<string>;
  rewrapUserKey(input: Rewrap): Promise<Rewrapped>;
  /** A new user key, and all that was under the old one under it; the key pair stays. */
  rotateUserKey(input: Rotation, options?: BatchOptions): Promise<Rotated>;
  /** Wraps the user key to an organization. Show the fingerprint of the public key first. */
  enrolRecovery(password: string, keys: AccountKeys, publicKey: string): Promise<Enrolment>;
  /** Gives somebody's user key a new password; the old one is neither needed nor learned. */
  recoverAccount(input: Recovery): Promise<Recovered>;

  // Keys of organizations and providers.
  openKeys(keys: WrappedKeys): Promise<OpenedKeys>;
  createProviderKey(): Promise<EncText>;
  createClientKeys(providerKey: KeyHandle, collectionName: string): Promise<NewOrganizationKeys>;
  createOrganizationKeys(collectionName: string): Promise<NewOrganizationKeys>;
  /** Puts the key of an existing organization under a provider's, so that it becomes its client. */
  adoptOrganization(organizationKey: KeyHandle, providerKey: KeyHandle): Promise<EncText>;
  /** Wraps an organization or provider key to somebody's public key (base64 SPKI). */
  confirmMember(key: KeyHandle, publicKey: string): Promise<EncText>;
  /** Material: the user's id for an account, the organization's id for its key pair. */
  fingerprint(material: string, publicKey: string): Promise<string>;

  // Items.
  openCipherList(ciphers: readonly OwnedCipher[], options?: BatchOptions): Promise<CipherListItem[]>;
  openCiphers(ciphers: readonly OwnedCipher[], options?: BatchOptions): Promise<CipherView[]>;
  openCipher(cipher: CipherRecord, owner: KeyHandle): Promise<CipherView>;
  sealCipher(draft: CipherDraft, owner: KeyHandle, options?: SealOptions): Promise<EncryptedCipher>;
  shareCipher(
    cipher: CipherRecord,
    from: KeyHandle,
    to: KeyHandle,
    organizationId: OrgId,
  ): Promise<EncryptedCipher>;

  // Files of items: whole, in a worker. A Blob is handed over without being copied.
  createAttachment(cipher: CipherRecord, owner: KeyHandle, name: string): Promise<NewAttachment>;
  /** Encrypts a file under the key that `createAttachment` made for it. */
  sealAttachment(cipher: CipherRecord, owner: KeyHandle, key: EncText, file: Blob): Promise<Blob>;
  /** Rejects when a single byte of it was changed. */
  openAttachment(
    cipher: CipherRecord,
    owner: KeyHandle,
    attachment: EncryptedAttachment,
    file: Blob,
  ): Promise<Blob>;
  sealAttachmentName(cipher: CipherRecord, owner: KeyHandle, name: string): Promise<EncText>;

  // Names.
  openFolders(folders: readonly FolderRecord[], userKey: KeyHandle): Promise<FolderView[]>;
  openCollections(collections: readonly CollectionRecord[], orgKey: KeyHandle): Promise<CollectionView[]>;
  /** Encrypts a folder's name under the user key or a collection's under its organization's. */
  sealName(name: string, owner: KeyHandle): Promise<EncText>;

  // Files.
  sealExport(plainJson: string, input: { password: string; kdf: KdfConfig }): Promise<ProtectedExport>;
  openExport(file: ProtectedExport, password: string): Promise<string>;
  /** The validation value of an account-restricted export. */
  sealExportMarker(owner: KeyHandle): Promise<EncText>;

  /** Forgets every key at once; workers end, pending calls reject. The proxy can be used again afterwards. */
  lock(): void;
}
