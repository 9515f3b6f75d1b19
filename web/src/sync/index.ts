export type { ClientState, ClientVault, CollectionInput } from "./client";
export type { Core } from "./core";
export type { ItemStore, SyncStatus, Vault, VaultState } from "./vault";
