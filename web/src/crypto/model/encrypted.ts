import type { CipherId, CollectionId, FolderId, OrgId } from "./ids";

declare const encryptedBrand: unique symbol;

/**
 * An EncString in its text form, `2.iv|ct|mac`. Only `crypto/` makes one, so a request type that asks for it
 * cannot be given plaintext.
 */
export type EncText = string & { readonly [encryptedBrand]: true };

type Nullable<Keys extends readonly string[]> = { readonly [K in Keys[number]]?: EncText | null };

export const cardFields = ["cardholderName", "brand", "number", "expMonth", "expYear", "code"] as const;
export const identityFields = [
  "title",
  "firstName",
  "middleName",
  "lastName",
  "address1",
  "address2",
  "address3",
  "city",
  "state",
  "postalCode",
  "country",
  "company",
  "email",
  "phone",
  "ssn",
  "username",
  "passportNumber",
  "licenseNumber",
] as const;
export const sshKeyFields = ["privateKey", "publicKey", "keyFingerprint"] as const;
export const bankAccountFields = [
  "bankName",
  "nameOnAccount",
  "accountType",
  "accountNumber",
  "routingNumber",
  "branchNumber",
  "pin",
  "swiftCode",
  "iban",
  "bankContactPhone",
] as const;
export const driversLicenseFields = [
  "firstName",
  "middleName",
  "lastName",
  "dateOfBirth",
  "licenseNumber",
  "issuingCountry",
  "issuingState",
  "issueDate",
  "expirationDate",
  "issuingAuthority",
  "licenseClass",
] as const;
export const passportFields = [
  "surname",
  "givenName",
  "dateOfBirth",
  "sex",
  "birthPlace",
  "nationality",
  "issuingCountry",
  "passportNumber",
  "passportType",
  "nationalIdentificationNumber",
  "issuingAuthority",
  "issueDate",
  "expirationDate",
] as const;
export const passkeyFields = [
  "credentialId",
  "keyType",
  "keyAlgorithm",
  "keyCurve",
  "keyValue",
  "rpId",
  "rpName",
  "userHandle",
  "userName",
  "userDisplayName",
  "counter",
  "discoverable",
] as const;

/** 0 base domain, 1 host, 2 starts with, 3 exact, 4 regular expression, 5 never; null is the account's default. */
export type UriMatch = 0 | 1 | 2 | 3 | 4 | 5;

export interface EncryptedUri {
  readonly uri?: EncText | null;
  readonly uriChecksum?: EncText | null;
  readonly match?: UriMatch | null;
}

export type EncryptedPasskey = Nullable<typeof passkeyFields> & { readonly creationDate: string };

export interface EncryptedLogin {
  readonly username?: EncText | null;
  readonly password?: EncText | null;
  readonly totp?: EncText | null;
  readonly uris?: readonly EncryptedUri[] | null;
  readonly passwordRevisionDate?: string | null;
  readonly autofillOnPageLoad?: boolean | null;
  readonly fido2Credentials?: readonly EncryptedPasskey[] | null;
}

/** 0 text, 1 hidden, 2 boolean ("true"/"false"), 3 linked to another field by `linkedId`. */
export type FieldType = 0 | 1 | 2 | 3;

export interface EncryptedField {
  readonly type: FieldType;
  readonly name?: EncText | null;
  readonly value?: EncText | null;
  readonly linkedId?: number | null;
}

export interface EncryptedPasswordHistory {
  readonly password: EncText;
  readonly lastUsedDate: string;
}

export interface EncryptedAttachment {
  readonly id: string;
  readonly url?: string | null;
  readonly fileName: EncText;
  readonly key?: EncText | null;
  readonly size: string;
  readonly sizeName?: string | null;
}

/** The parts of an item that a client encrypts, the same in answers and requests. */
export interface EncryptedContent {
  readonly name: EncText | null;
  readonly notes?: EncText | null;
  readonly key?: EncText | null;
  readonly login?: EncryptedLogin | null;
  readonly secureNote?: { readonly type: number } | null;
  readonly card?: Nullable<typeof cardFields> | null;
  readonly identity?: Nullable<typeof identityFields> | null;
  readonly sshKey?: Nullable<typeof sshKeyFields> | null;
  readonly bankAccount?: Nullable<typeof bankAccountFields> | null;
  readonly driversLicense?: Nullable<typeof driversLicenseFields> | null;
  readonly passport?: Nullable<typeof passportFields> | null;
  readonly fields?: readonly EncryptedField[] | null;
  readonly passwordHistory?: readonly EncryptedPasswordHistory[] | null;
}

/** 0 none, 1 ask for the master password before secrets are shown. */
export type Reprompt = 0 | 1;

/** An item as the server answers it. */
export interface CipherRecord extends EncryptedContent {
  readonly id: CipherId;
  readonly type: number;
  readonly organizationId: OrgId | null;
  readonly folderId?: FolderId | null;
  readonly favorite?: boolean;
  readonly edit?: boolean;
  readonly viewPassword?: boolean;
  readonly permissions?: { readonly delete: boolean; readonly restore: boolean } | null;
  readonly organizationUseTotp?: boolean;
  readonly collectionIds?: readonly CollectionId[] | null;
  readonly attachments?: readonly EncryptedAttachment[] | null;
  readonly reprompt?: Reprompt;
  readonly data?: string | null;
  readonly creationDate: string;
  readonly revisionDate: string;
  readonly deletedDate?: string | null;
  readonly archivedDate?: string | null;
}

/** An item as a request carries it: sealed, ready to be sent. */
export interface EncryptedCipher extends EncryptedContent {
  readonly name: EncText;
  readonly type: number;
  readonly organizationId: OrgId | null;
  readonly folderId: FolderId | null;
  readonly favorite: boolean;
  readonly reprompt: Reprompt;
  readonly attachments2?: Readonly<
    Record<string, { readonly fileName: EncText; readonly key: EncText | null }>
  >;
  readonly lastKnownRevisionDate?: string;
  readonly archivedDate?: string | null;
}

export interface FolderRecord {
  readonly id: FolderId;
  readonly name: EncText;
  readonly revisionDate: string;
}

export interface CollectionRecord {
  readonly id: CollectionId;
  readonly organizationId: OrgId;
  readonly name: EncText;
  readonly externalId?: string | null;
  readonly readOnly?: boolean;
  readonly hidePasswords?: boolean;
  readonly manage?: boolean;
  /** 0 shared, 1 the member's own "My items". */
  readonly type?: 0 | 1;
  /** In the lists of administrators alone. */
  readonly assigned?: boolean;
  readonly unmanaged?: boolean;
  readonly revisionDate?: string;
}
