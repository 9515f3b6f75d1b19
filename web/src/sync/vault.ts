import type {
  Domains,
  Policy,
  Profile,
  ProfileOrganization,
  ProfileProvider,
  ProfileProviderOrganization,
} from "@/api/wire";
import type { CipherRecord, FolderRecord } from "@/crypto/model/encrypted";
import type { CipherId, CollectionId, FolderId, OrgId, ProviderId, SendId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { SendListItem } from "@/crypto/model/sends";
import type {
  CipherDraft,
  CipherListItem,
  CipherView,
  CollectionView,
  FolderView,
} from "@/crypto/model/view";
import type { ItemFiles } from "./files";
import type { OwnSends } from "./sends";

export type SyncStatus =
  | { readonly kind: "idle" }
  /** `total` is 0 until the answer is there. */
  | { readonly kind: "loading"; readonly done: number; readonly total: number }
  | { readonly kind: "ready"; readonly at: number }
  | { readonly kind: "failed"; readonly error: unknown };

/** Everything decrypted that lists need. Replaced as a whole; parts that did not change keep their identity. */
export interface VaultState {
  readonly status: SyncStatus;
  readonly profile: Profile | null;
  readonly items: readonly CipherListItem[];
  readonly sends: readonly SendListItem[];
  readonly folders: readonly FolderView[];
  readonly collections: readonly CollectionView[];
  readonly organizations: readonly ProfileOrganization[];
  readonly providers: readonly ProfileProvider[];
  readonly providerOrganizations: readonly ProfileProviderOrganization[];
  /** Of one's organizations. */
  readonly policies: readonly Policy[];
  readonly domains: Domains | null;
}

export const emptyVault: VaultState = {
  status: { kind: "idle" },
  profile: null,
  items: [],
  sends: [],
  folders: [],
  collections: [],
  organizations: [],
  providers: [],
  providerOrganizations: [],
  policies: [],
  domains: null,
};

/** What can be done with items, in the own vault as in a client's. */
export interface ItemStore {
  readonly files: ItemFiles;
  getSnapshot(): unknown;
  subscribe(listener: () => void): () => void;
  /** The whole item; rejects with `CryptoError`, or `ApiError` 404 when it is gone. */
  openItem(id: CipherId): Promise<CipherView>;
  /** `collectionIds` of the draft are used when it belongs to an organization. */
  createItem(draft: CipherDraft): Promise<CipherId>;
  /**
   * Keeps password history and revision check; rejects with `ApiError` 400 on a stale revision, and with
   * `ChangedElsewhere` when the item is not what it was at the `start` of the editing any more.
   */
  updateItem(id: CipherId, draft: CipherDraft, start?: CipherView): Promise<void>;
  trashItems(ids: readonly CipherId[]): Promise<void>;
  restoreItems(ids: readonly CipherId[]): Promise<void>;
  deleteItems(ids: readonly CipherId[]): Promise<void>;
  setCollections(id: CipherId, collectionIds: readonly CollectionId[]): Promise<void>;
}

export interface Vault extends ItemStore {
  getSnapshot(): VaultState;
  /** Fetches and decrypts everything; concurrent calls share one run. Failures are in `status`, not thrown. */
  sync(): Promise<void>;
  /** Asks for the revision date, and syncs when it is another one. */
  check(): Promise<void>;
  /**
   * Checks every 30 s while the page is visible, and rarely while `calm`: changes then come by themselves. Returns
   * what stops it.
   */
  startPolling(calm?: () => boolean): () => void;

  /** Told from elsewhere: something was made or changed, or is gone. */
  refreshItem(id: CipherId): Promise<void>;
  forgetItem(id: CipherId): Promise<void>;
  refreshFolder(id: FolderId): Promise<void>;
  forgetFolder(id: FolderId): Promise<void>;

  setFavorite(id: CipherId, favorite: boolean): Promise<void>;
  moveItems(ids: readonly CipherId[], folderId: FolderId | null): Promise<void>;
  archiveItems(ids: readonly CipherId[]): Promise<void>;
  unarchiveItems(ids: readonly CipherId[]): Promise<void>;
  /** Personal item → organization. */
  shareItem(id: CipherId, organizationId: OrgId, collectionIds: readonly CollectionId[]): Promise<void>;
  /** Whole items, for exports and reports. Broken ones are left out. */
  openAll(filter: (item: CipherListItem) => boolean): Promise<CipherView[]>;

  /** The encrypted records themselves, for the export that only this account can read. */
  records(): readonly CipherRecord[];
  folderRecords(): readonly FolderRecord[];

  /** One's own Sends, and what can be done with them; loaded with its first use. */
  sends(): Promise<OwnSends>;
  /** Told from elsewhere: a Send was made or changed, or is gone. */
  refreshSend(id: SendId): Promise<void>;
  removeSend(id: SendId): Promise<void>;

  createFolder(name: string): Promise<FolderId>;
  renameFolder(id: FolderId, name: string): Promise<void>;
  deleteFolder(id: FolderId): Promise<void>;

  /** Handles of keys, after a sync; reject when the profile does not hold them. */
  providerKey(id: ProviderId): Promise<KeyHandle>;
  clientKey(organizationId: OrgId): Promise<KeyHandle>;
  /** Of an organization of which the person is a member. */
  organizationKey(organizationId: OrgId): Promise<KeyHandle>;
}
