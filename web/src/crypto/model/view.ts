import type {
  bankAccountFields,
  cardFields,
  driversLicenseFields,
  FieldType,
  identityFields,
  passkeyFields,
  passportFields,
  Reprompt,
  sshKeyFields,
  UriMatch,
} from "./encrypted";
import type { CipherId, CollectionId, FolderId, OrgId } from "./ids";

/**
 * Decrypted items. Optional texts are "" when absent, so that forms can bind to them; sealing turns "" back
 * into null. None of these types is accepted by `api/`.
 */
type Texts<Keys extends readonly string[]> = { readonly [K in Keys[number]]: string };

export type CipherTypeName =
  | "login"
  | "secureNote"
  | "card"
  | "identity"
  | "sshKey"
  | "bankAccount"
  | "driversLicense"
  | "passport";

export interface UriView {
  readonly uri: string;
  readonly match: UriMatch | null;
}

/** Passkeys are carried through unchanged; the web app neither creates nor uses them. */
export type PasskeyView = Texts<typeof passkeyFields> & { readonly creationDate: string };

export interface LoginView {
  readonly username: string;
  readonly password: string;
  /** A base32 secret, an `otpauth://` or a `steam://` URI. */
  readonly totp: string;
  readonly uris: readonly UriView[];
  readonly passwordRevisionDate: string | null;
  readonly autofillOnPageLoad: boolean | null;
  readonly passkeys: readonly PasskeyView[];
}

export type CardView = Texts<typeof cardFields>;
export type IdentityView = Texts<typeof identityFields>;
export type SshKeyView = Texts<typeof sshKeyFields>;
export type BankAccountView = Texts<typeof bankAccountFields>;
export type DriversLicenseView = Texts<typeof driversLicenseFields>;
export type PassportView = Texts<typeof passportFields>;

export interface FieldView {
  readonly type: FieldType;
  readonly name: string;
  readonly value: string;
  readonly linkedId: number | null;
}

export interface PasswordHistoryView {
  readonly password: string;
  readonly lastUsedDate: string;
}

export interface AttachmentView {
  readonly id: string;
  readonly fileName: string;
  /** In bytes, encrypted. */
  readonly size: number;
  /** Without a key of its own: encrypted as the oldest clients did it. */
  readonly old: boolean;
}

export type CipherContent =
  | { readonly type: "login"; readonly login: LoginView }
  | { readonly type: "secureNote" }
  | { readonly type: "card"; readonly card: CardView }
  | { readonly type: "identity"; readonly identity: IdentityView }
  | { readonly type: "sshKey"; readonly sshKey: SshKeyView }
  | { readonly type: "bankAccount"; readonly bankAccount: BankAccountView }
  | { readonly type: "driversLicense"; readonly driversLicense: DriversLicenseView }
  | { readonly type: "passport"; readonly passport: PassportView };

/** What a person edits. A new item is a draft; an opened one is a `CipherView`, which is a draft too. */
export type CipherDraft = CipherContent & {
  readonly name: string;
  readonly notes: string;
  readonly organizationId: OrgId | null;
  readonly folderId: FolderId | null;
  readonly collectionIds: readonly CollectionId[];
  readonly favorite: boolean;
  readonly reprompt: Reprompt;
  readonly fields: readonly FieldView[];
  readonly passwordHistory: readonly PasswordHistoryView[];
};

export interface CipherRights {
  readonly edit: boolean;
  readonly viewPassword: boolean;
  readonly canDelete: boolean;
  readonly canRestore: boolean;
}

export interface CipherDates {
  readonly creationDate: string;
  readonly revisionDate: string;
  readonly deletedDate: string | null;
  readonly archivedDate: string | null;
}

export type CipherView = CipherDraft &
  CipherRights &
  CipherDates & {
    readonly id: CipherId;
    readonly attachments: readonly AttachmentView[];
    /** Paths such as `login.password` that could not be decrypted; they are "" above. Saving would lose them. */
    readonly broken: readonly string[];
  };

/** What a list shows and search looks at; opened in bulk at unlock, without passwords and notes. */
export interface CipherListItem extends CipherRights, CipherDates {
  readonly id: CipherId;
  /** null for a type that this version does not know; such an item can be listed and deleted, not opened. */
  readonly type: CipherTypeName | null;
  readonly organizationId: OrgId | null;
  readonly folderId: FolderId | null;
  readonly collectionIds: readonly CollectionId[];
  readonly favorite: boolean;
  readonly reprompt: Reprompt;
  /** "" when `broken`. */
  readonly name: string;
  /** The second line: user name, brand and last digits, full name, fingerprint, bank … */
  readonly subtitle: string;
  readonly uris: readonly string[];
  readonly hasTotp: boolean;
  readonly hasPassword: boolean;
  readonly hasAttachments: boolean;
  readonly hasPasskey: boolean;
  /** The name could not be decrypted: wrong key or damaged data. */
  readonly broken: boolean;
}

export interface FolderView {
  readonly id: FolderId;
  readonly name: string;
  readonly revisionDate: string;
  readonly broken: boolean;
}

export interface CollectionView {
  readonly id: CollectionId;
  readonly organizationId: OrgId;
  readonly name: string;
  readonly externalId: string | null;
  readonly readOnly: boolean;
  readonly hidePasswords: boolean;
  readonly manage: boolean;
  /** Where all collections of an organization are listed: whether it is open to oneself … */
  readonly assigned?: boolean;
  /** … and whether nobody manages it. */
  readonly unmanaged?: boolean;
  readonly isDefault: boolean;
  readonly broken: boolean;
}
