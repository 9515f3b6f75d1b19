export type { ClientState, ClientVault, ItemReach } from "./client";
export { browserSurroundings, type Core, createCore } from "./core";
export { ChangedElsewhere } from "./edit";
export type { ExportFile, ExportFormat } from "./export";
export type { FileOptions, ItemFiles, TransferStep } from "./files";
export type { LiveMessage, LiveStatus } from "./live";
export type { NewClient, ProviderActs } from "./provider";
export type { ItemStore, SyncStatus, Vault, VaultState } from "./vault";
