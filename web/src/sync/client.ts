import type { Access } from "@/api/wire";
import type { CollectionId, MemberId, OrgId, ProviderId } from "@/crypto/model/ids";
import type { CipherListItem, CollectionView } from "@/crypto/model/view";
import type { ItemStore, SyncStatus } from "./vault";

/** One client organization as seen by a provider user. Never mixed with the own vault. */
export interface ClientState {
  readonly organizationId: OrgId;
  readonly providerId: ProviderId;
  readonly status: SyncStatus;
  readonly items: readonly CipherListItem[];
  readonly collections: readonly CollectionView[];
}

export interface ClientVault extends ItemStore {
  getSnapshot(): ClientState;
  /** Loads or reloads collections and items. */
  load(): Promise<void>;
  createCollection(input: CollectionInput): Promise<CollectionId>;
  updateCollection(id: CollectionId, input: CollectionInput): Promise<void>;
  deleteCollection(id: CollectionId): Promise<void>;
  /** Wraps the organization key to the member and confirms. Show `fingerprint` first. */
  confirmMember(member: MemberId, publicKey: string, defaultCollectionName: string): Promise<void>;
}

export interface CollectionInput {
  readonly name: string;
  readonly users: readonly Access[];
  readonly groups: readonly Access[];
}
