import type {
  CipherRecord,
  CollectionRecord,
  EncryptedCipher,
  EncText,
  FolderRecord,
} from "@/crypto/model/encrypted";
import type {
  CipherId,
  ClientId,
  CollectionId,
  DeviceId,
  GroupId,
  MemberId,
  OrgId,
  ProviderId,
  ProviderUserId,
  UserId,
} from "@/crypto/model/ids";
import type { WireKdf } from "@/crypto/model/keys";
import type { SendRecord } from "@/crypto/model/sends";

export type { CipherRecord, CollectionRecord, EncryptedCipher, EncText, FolderRecord };

export interface List<T> {
  readonly data: readonly T[];
  readonly continuationToken: string | null;
}

export interface ServerConfig {
  readonly version: string;
  readonly server: { readonly name: string; readonly url: string } | null;
  readonly featureStates: Readonly<Record<string, boolean | number | string>>;
  readonly settings: { readonly disableUserRegistration: boolean };
  /** Absent when the server is not Kastellan. */
  readonly kastellan?: {
    readonly registration: "open" | "invitation" | "domains" | "closed";
    readonly mail: boolean;
    readonly version: string;
  };
}

export interface Prelogin {
  readonly kdfSettings: WireKdf;
  readonly salt: string | null;
}

export interface WireAccountKeys {
  readonly publicKeyEncryptionKeyPair: {
    readonly wrappedPrivateKey: EncText;
    readonly publicKey: string;
    readonly signedPublicKey: string | null;
  };
  readonly signatureKeyPair: object | null;
  readonly securityState: object | null;
}

export interface MasterPasswordUnlock {
  readonly kdf: WireKdf;
  readonly masterKeyEncryptedUserKey: EncText;
  readonly salt: string;
  readonly containedKeyId: string | null;
}

/** What organizations ask of the master passwords of their people. */
export interface PasswordRules {
  /** 0 to 4, as the strength meter counts. */
  readonly minComplexity: number;
  readonly minLength: number;
  readonly requireUpper: boolean;
  readonly requireLower: boolean;
  readonly requireNumbers: boolean;
  readonly requireSpecial: boolean;
}

/** The token answer, with its mixed casing already evened out. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresIn: number;
  readonly accountKeys: WireAccountKeys | null;
  readonly unlock: MasterPasswordUnlock | null;
  /** The master password was set by an administrator and must be changed before anything else. */
  readonly forcePasswordReset: boolean;
  /** What the present password has to keep to even now; null when nobody asks that of it. */
  readonly rulesAtLogin: PasswordRules | null;
  /** Stands in for the second step on this device, when that was asked for. */
  readonly rememberToken: string | null;
}

export interface RefreshAnswer {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresIn: number;
}

/** 0 owner, 1 admin, 2 user, 4 custom. */
export type MemberType = 0 | 1 | 2 | 4;
/** -1 revoked, 0 invited, 1 accepted, 2 confirmed, 3 staged. */
export type MemberStatus = -1 | 0 | 1 | 2 | 3;
/** 0 provider admin, 1 service user. */
export type ProviderUserType = 0 | 1;
/** 0 invited, 1 accepted, 2 confirmed. */
export type ProviderUserStatus = 0 | 1 | 2;

/** What a custom role may do, by the names of the wire. */
export type PermissionName =
  | "accessEventLogs"
  | "accessImportExport"
  | "accessReports"
  | "createNewCollections"
  | "editAnyCollection"
  | "deleteAnyCollection"
  | "manageGroups"
  | "managePolicies"
  | "manageSso"
  | "manageUsers"
  | "manageResetPassword"
  | "manageScim"
  | "manageAccessRules";
export type Permissions = Readonly<Partial<Record<PermissionName, boolean>>>;

/** What the profile says about an organization, whichever way leads to it. */
export interface OrganizationSummary {
  readonly id: OrgId;
  readonly name: string;
  readonly enabled: boolean;
  readonly key: EncText;
  /** Seats that were bought or assigned; null without a limit. */
  readonly seats?: number | null;
  readonly limitCollectionCreation?: boolean;
  readonly limitCollectionDeletion?: boolean;
  readonly limitItemDeletion?: boolean;
  readonly allowAdminAccessToAllCollectionItems?: boolean;
  /** Whether the staff of the provider reaches items. */
  readonly providerItemAccess?: boolean;
  readonly hasPublicAndPrivateKeys?: boolean;
  readonly useGroups?: boolean;
  readonly useEvents?: boolean;
  readonly usePolicies?: boolean;
  readonly useApi?: boolean;
  readonly useResetPassword?: boolean;
  readonly useCustomPermissions?: boolean;
  readonly useOrganizationDomains?: boolean;
}

export interface ProfileOrganization extends OrganizationSummary {
  readonly status: MemberStatus;
  readonly type: MemberType;
  readonly organizationUserId: MemberId;
  readonly permissions: Permissions | null;
  readonly resetPasswordEnrolled?: boolean;
  readonly providerId: ProviderId | null;
  readonly providerName: string | null;
}

export interface ProfileProvider {
  readonly id: ProviderId;
  readonly name: string;
  readonly key: EncText;
  readonly status: ProviderUserStatus;
  readonly type: ProviderUserType;
  readonly enabled: boolean;
}

/** `id` is the organization's, as in `ProfileOrganization`. */
export interface ProfileProviderOrganization extends OrganizationSummary {
  readonly providerId: ProviderId;
  readonly providerName: string | null;
}

export interface Profile {
  readonly id: UserId;
  readonly name: string | null;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly culture: string;
  readonly avatarColor: string | null;
  readonly key: EncText;
  readonly privateKey: EncText;
  readonly accountKeys: WireAccountKeys | null;
  readonly securityStamp: string;
  readonly forcePasswordReset: boolean;
  readonly verifyDevices: boolean;
  readonly twoFactorEnabled: boolean;
  readonly creationDate: string;
  readonly organizations: readonly ProfileOrganization[];
  readonly providers: readonly ProfileProvider[];
  readonly providerOrganizations: readonly ProfileProviderOrganization[];
}

export interface Domains {
  readonly equivalentDomains: readonly (readonly string[])[] | null;
  readonly globalEquivalentDomains:
    | readonly { readonly type: number; readonly domains: readonly string[]; readonly excluded: boolean }[]
    | null;
}

export interface SyncAnswer {
  readonly profile: Profile;
  readonly folders: readonly FolderRecord[];
  readonly collections: readonly CollectionRecord[];
  readonly ciphers: readonly CipherRecord[];
  readonly sends?: readonly SendRecord[] | null;
  /** Of the organizations in which one is confirmed; the newer list has those that one has only accepted, too. */
  readonly policies?: readonly Policy[] | null;
  readonly policiesNew?: readonly Policy[] | null;
  readonly domains: Domains | null;
  readonly userDecryption: {
    readonly masterPasswordUnlock: MasterPasswordUnlock | null;
    readonly userKeyId: string | null;
  } | null;
}

/** How much room files take, in bytes. */
export interface StorageUse {
  readonly used: number;
  readonly limit: number;
  /** The limit was set for this organization; else it is the server's for everybody. */
  readonly ownLimit: boolean;
}

export interface Device {
  readonly id: DeviceId;
  readonly name: string;
  readonly identifier: string;
  readonly type: number;
  readonly creationDate: string;
  readonly lastActivityDate: string | null;
  readonly isTrusted: boolean;
}

export interface Access {
  readonly id: string;
  readonly readOnly: boolean;
  readonly hidePasswords: boolean;
  readonly manage: boolean;
}

export interface CollectionAccess extends CollectionRecord {
  readonly groups: readonly Access[];
  readonly users: readonly Access[];
}

/** One of the rules that everybody in an organization has to keep to, by its number. */
export interface Policy {
  /** null while it was never saved. */
  readonly id?: string | null;
  readonly organizationId: OrgId;
  readonly type: number;
  readonly enabled: boolean;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** false where something else needs the policy as it is. */
  readonly canToggleState?: boolean;
  /** null while it was never saved. */
  readonly revisionDate?: string | null;
}

export interface PolicyRequest {
  readonly enabled: boolean;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Refused when somebody has changed the policy since. */
  readonly lastKnownRevisionDate?: string | undefined;
}

export interface PolicyPreview {
  /** Why it cannot be saved so; null when it can. */
  readonly blockedBy: string | null;
  readonly members: readonly {
    readonly organizationUserId: MemberId;
    readonly name: string | null;
    readonly email: string;
    /** What becomes of the person: "revoked", "mustEnrol", "personalItems" … */
    readonly effect: string;
  }[];
}

export interface OrganizationDomain {
  readonly id: string;
  readonly domainName: string;
  /** The text of the DNS record that proves it. */
  readonly txt: string;
  readonly creationDate: string;
  readonly verifiedDate: string | null;
  readonly lastCheckedDate: string | null;
  readonly nextRunDate: string | null;
}

/** One line of a log. Which of the ids are there depends on the type. */
export interface EventRecord {
  readonly type: number;
  readonly date: string;
  readonly userId: UserId | null;
  readonly actingUserId: UserId | null;
  /** Of those who acted as people of the organization, also when they have left. */
  readonly actingUserName?: string | null;
  readonly organizationId: OrgId | null;
  readonly providerId: ProviderId | null;
  readonly cipherId: CipherId | null;
  readonly collectionId: CollectionId | null;
  readonly groupId: GroupId | null;
  readonly policyId: string | null;
  readonly organizationUserId: MemberId | null;
  readonly deviceType: number | null;
  readonly ipAddress: string | null;
  /** Who acted when no account did. */
  readonly systemUser: number | null;
  readonly domainName: string | null;
}

export interface Organization {
  readonly id: OrgId;
  readonly name: string;
  readonly billingEmail: string | null;
  readonly planType: number;
  readonly plan: { readonly name?: string } | null;
  readonly seats: number | null;
  readonly hasPublicAndPrivateKeys: boolean;
  readonly limitCollectionCreation: boolean;
  readonly limitCollectionDeletion: boolean;
  readonly limitItemDeletion: boolean;
  readonly allowAdminAccessToAllCollectionItems: boolean;
  readonly providerItemAccess?: boolean;
  readonly revisionDate?: string;
}

export interface Member {
  readonly id: MemberId;
  readonly userId: UserId | null;
  readonly type: MemberType;
  readonly status: MemberStatus;
  readonly name: string | null;
  readonly email: string;
  readonly twoFactorEnabled: boolean;
  readonly resetPasswordEnrolled: boolean;
  readonly avatarColor: string | null;
  readonly externalId: string | null;
  readonly permissions: Permissions | null;
  readonly collections: readonly Access[] | null;
  readonly groups: readonly GroupId[] | null;
  readonly creationDate: string | null;
  readonly revisionDate?: string;
}

export interface Group {
  readonly id: GroupId;
  readonly organizationId: OrgId;
  readonly name: string;
  readonly externalId: string | null;
  readonly revisionDate?: string;
}

export interface GroupDetails extends Group {
  readonly collections: readonly Access[];
}

export interface GroupRequest {
  readonly name: string;
  readonly collections: readonly Access[];
  readonly users: readonly MemberId[];
  /** Refused when somebody has changed the group since. */
  readonly lastKnownRevisionDate?: string | undefined;
}

/** What somebody reaches, and which items they may know since they could read them. */
export interface MemberReach {
  readonly collections: readonly {
    readonly id: CollectionId;
    readonly name: EncText;
    readonly readOnly: boolean;
    readonly hidePasswords: boolean;
    readonly manage: boolean;
    /** false when it comes by groups alone. */
    readonly direct: boolean;
    readonly groupIds: readonly GroupId[];
  }[];
  readonly items: readonly {
    readonly id: CipherId;
    readonly collectionIds: readonly CollectionId[];
    readonly viewPassword: boolean;
    readonly edit: boolean;
    readonly lastUsed: string | null;
  }[];
}

/** `key` is the person's public key, base64 SPKI. */
export interface MemberPublicKey {
  readonly id: MemberId;
  readonly userId: UserId;
  readonly key: string;
}

export interface Provider {
  readonly id: ProviderId;
  /** null while the provider waits to be set up. */
  readonly name: string | null;
  readonly businessName: string | null;
  readonly billingEmail: string | null;
  readonly creationDate: string;
  readonly type: number;
}

export interface ProviderUser {
  readonly id: ProviderUserId;
  readonly userId: UserId | null;
  readonly type: ProviderUserType;
  readonly status: ProviderUserStatus;
  readonly name: string | null;
  readonly email: string;
}

export interface ProviderUserPublicKey {
  readonly id: ProviderUserId;
  readonly userId: UserId;
  readonly key: string;
}

/** One row of the Clients list. `seats` are assigned, `occupiedSeats` used. */
export interface Client {
  readonly id: ClientId;
  readonly providerId: ProviderId;
  readonly organizationId: OrgId;
  readonly organizationName: string;
  readonly key: EncText;
  readonly userCount: number;
  readonly occupiedSeats: number;
  readonly seats: number | null;
  readonly remainingSeats: number | null;
  /** Display name of the plan. */
  readonly plan: string | null;
  readonly planType: number;
  readonly status: number;
  readonly enabled: boolean;
}

export interface NewClientAnswer extends Client {
  readonly ownerMemberId: MemberId;
}

export interface InviteLink {
  readonly url: string;
}

export interface BulkResult {
  readonly id: string;
  readonly error: string;
}

export interface ApiKey {
  readonly apiKey: string;
  readonly revisionDate: string;
}

/** A person's public key: `GET /users/{id}/public-key`. */
export interface UserPublicKey {
  readonly userId: UserId;
  readonly publicKey: string;
}

export interface CollectionRequest {
  readonly name: EncText;
  readonly externalId?: string | null;
  /** null leaves them as they are. */
  readonly groups: readonly Access[] | null;
  readonly users: readonly Access[] | null;
  /** Refused when somebody has changed the collection since. */
  readonly lastKnownRevisionDate?: string | undefined;
}

export interface CollectionsAnswer {
  readonly unavailable: boolean;
  readonly cipher: CipherRecord | null;
}

export type CollectionIds = readonly CollectionId[];
