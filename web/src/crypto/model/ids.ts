/**
 * Ids are plain strings on the wire. The phantom property keeps one kind from being passed for another,
 * while a string of unknown origin (a URL parameter) is still accepted.
 */
type Id<Name extends string> = string & { readonly __id?: Name };

export type UserId = Id<"user">;
export type CipherId = Id<"cipher">;
export type FolderId = Id<"folder">;
export type CollectionId = Id<"collection">;
export type OrgId = Id<"organization">;
export type MemberId = Id<"member">;
export type GroupId = Id<"group">;
export type ProviderId = Id<"provider">;
export type ProviderUserId = Id<"providerUser">;
/** The link between a provider and a client, not the client organization itself. */
export type ClientId = Id<"client">;
/** A word by which a provider sorts its clients. */
export type TagId = Id<"tag">;
export type BaselineId = Id<"baseline">;
export type DeviceId = Id<"device">;
export type SendId = Id<"send">;
