import type { Api } from "@/api";
import type { CipherRecord } from "@/crypto/model/encrypted";
import type { CipherId, CollectionId, MemberId, OrgId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { CipherDraft, CipherListItem, CipherView, CollectionView } from "@/crypto/model/view";
import type { CryptoProxy } from "@/crypto/proxy";
import { sameIds, sealEdit } from "./edit";
import { type ItemFiles, itemFiles } from "./files";
import { Items } from "./items";
import { Store } from "./store";
import type { ItemStore, SyncStatus } from "./vault";

/** One client organization as seen by a provider user. Never mixed with the own vault. */
export interface ClientState {
  readonly organizationId: OrgId;
  readonly status: SyncStatus;
  readonly items: readonly CipherListItem[];
  readonly collections: readonly CollectionView[];
}

/** Which items somebody reaches: all by role, those in collections assigned to them, or none. */
export type ItemReach = "all" | "assigned" | "none";

export interface ClientVault extends ItemStore {
  getSnapshot(): ClientState;
  /** Loads again what is loaded already, once for all that ask for it meanwhile. */
  refreshSoon(): void;
  /** Loads or reloads collections and items. Failures are in `status`, not thrown. Later loads keep the reach. */
  load(reach?: ItemReach): Promise<void>;
  /** Wraps the organization key to the member and confirms. Show the fingerprint of the public key first. */
  confirmMember(member: MemberId, publicKey: string, defaultCollectionName: string): Promise<void>;
}

export interface ClientDependencies {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly organizationId: OrgId;
  readonly key: (organizationId: OrgId) => Promise<KeyHandle>;
  readonly itemKeys: () => Promise<boolean>;
  readonly now?: () => number;
}

export function createClientVault(deps: ClientDependencies): ClientVault & { clear(): void } {
  return new LiveClientVault(deps);
}

class LiveClientVault implements ClientVault {
  readonly #deps: ClientDependencies;
  readonly #store: Store<ClientState>;
  readonly #items: Items;
  readonly files: ItemFiles;
  #key: KeyHandle | null = null;
  /** Counts locks and loads: what arrives for an older one is dropped. */
  #generation = 0;
  /** Counts local writes: an answer that was asked for before one of them is already old. */
  #writes = 0;
  #reach: ItemReach = "all";
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: ClientDependencies) {
    this.#deps = deps;
    const { organizationId } = deps;
    this.#store = new Store<ClientState>({
      organizationId,
      status: { kind: "idle" },
      items: [],
      collections: [],
    });
    // An item that says it belongs elsewhere must not be opened with this client's key.
    this.#items = new Items(deps.crypto, (record) =>
      record.organizationId === organizationId ? this.#key : null,
    );
    this.files = itemFiles({
      ...{ api: deps.api, crypto: deps.crypto, items: this.#items, admin: true },
      owner: async (record) => this.#items.owner(record),
      wrote: (change) => this.#wrote(change),
      now: () => new Date((deps.now ?? Date.now)()),
    });
  }

  getSnapshot = (): ClientState => this.#store.get();
  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  clear(): void {
    this.#generation++;
    this.#key = null;
    this.#items.clear();
    this.#store.set({ status: { kind: "idle" }, items: [], collections: [] });
  }

  async #openKey(): Promise<KeyHandle> {
    this.#key ??= await this.#deps.key(this.#deps.organizationId);
    return this.#key;
  }

  #ciphers(): Promise<readonly CipherRecord[]> {
    const { api, organizationId } = this.#deps;
    switch (this.#reach) {
      case "all":
        return api.adminCiphers.list(organizationId);
      case "assigned":
        return api.adminCiphers.listAssigned(organizationId);
      case "none":
        return Promise.resolve([]);
    }
  }

  load = async (reach: ItemReach = this.#reach): Promise<void> => {
    this.#reach = reach;
    const generation = ++this.#generation;
    const current = () => generation === this.#generation;
    const first = this.#store.get().status.kind !== "ready";
    const progress = (done: number, total: number) => {
      if (first && current()) this.#store.set({ status: { kind: "loading", done, total } });
    };
    progress(0, 0);
    const writes = this.#writes;
    try {
      const { api, crypto, organizationId } = this.#deps;
      const [key, records, ciphers] = await Promise.all([
        this.#openKey(),
        api.organizations.collections(organizationId),
        this.#ciphers(),
      ]);
      const [collections, apply] = await Promise.all([
        crypto.openCollections(records, key),
        this.#items.replace(ciphers, { onProgress: progress }),
      ]);
      if (!current()) return;
      if (writes !== this.#writes) {
        await this.load();
        return;
      }
      apply();
      const at = (this.#deps.now ?? Date.now)();
      this.#store.set({ status: { kind: "ready", at }, items: this.#items.list(), collections });
    } catch (error) {
      if (current()) this.#store.set({ status: { kind: "failed", error } });
    }
  };

  /** Many people hear of a change at once, and must not all ask at once. */
  refreshSoon = (): void => {
    this.#soon ??= setTimeout(
      () => {
        this.#soon = undefined;
        if (this.#store.get().status.kind === "ready") void this.load();
      },
      200 + Math.random() * 1300,
    );
  };

  async #wrote(change: void | Promise<void>): Promise<void> {
    this.#writes++;
    await change;
    this.#store.set({ items: this.#items.list() });
  }

  openItem = (id: CipherId): Promise<CipherView> => this.#items.open(id);

  createItem = async (draft: CipherDraft): Promise<CipherId> => {
    const { api, crypto, organizationId } = this.#deps;
    const { collectionIds } = draft;
    const own = { ...draft, organizationId, folderId: null, favorite: false };
    const itemKey = await this.#deps.itemKeys();
    const sealed = await crypto.sealCipher(own, await this.#openKey(), { itemKey });
    const record = await api.adminCiphers.create(sealed, collectionIds);
    await this.#wrote(this.#items.merge([{ collectionIds, ...record }]));
    return record.id;
  };

  updateItem = async (id: CipherId, draft: CipherDraft, start?: CipherView): Promise<void> => {
    const { api, crypto } = this.#deps;
    const record = this.#items.record(id);
    const now = new Date((this.#deps.now ?? Date.now)());
    const sealed = await sealEdit(crypto, record, await this.#openKey(), draft, now, start);
    await this.#wrote(this.#items.merge([await api.adminCiphers.update(id, sealed)]));
    if (!sameIds(draft.collectionIds, record.collectionIds ?? [])) {
      await this.setCollections(id, draft.collectionIds);
    }
  };

  setCollections = async (id: CipherId, collectionIds: readonly CollectionId[]): Promise<void> => {
    const answer = await this.#deps.api.adminCiphers.setCollections(id, collectionIds);
    await this.#wrote(this.#items.merge([{ collectionIds, ...answer }]));
  };

  trashItems = async (ids: readonly CipherId[]): Promise<void> => {
    await this.#deps.api.adminCiphers.trash(this.#deps.organizationId, ids);
    const deletedDate = new Date((this.#deps.now ?? Date.now)()).toISOString();
    await this.#wrote(this.#items.patch(ids, { deletedDate } satisfies Partial<CipherRecord>));
    await this.load();
  };

  restoreItems = async (ids: readonly CipherId[]): Promise<void> => {
    const restored = await this.#deps.api.adminCiphers.restore(this.#deps.organizationId, ids);
    await this.#wrote(this.#items.merge(restored.map((record) => ({ ...record, deletedDate: null }))));
  };

  deleteItems = async (ids: readonly CipherId[]): Promise<void> => {
    await this.#deps.api.adminCiphers.remove(this.#deps.organizationId, ids);
    await this.#wrote(this.#items.remove(ids));
  };

  confirmMember = async (
    member: MemberId,
    publicKey: string,
    defaultCollectionName: string,
  ): Promise<void> => {
    const { api, crypto, organizationId } = this.#deps;
    const orgKey = await this.#openKey();
    const [key, defaultUserCollectionName] = await Promise.all([
      crypto.confirmMember(orgKey, publicKey),
      crypto.sealName(defaultCollectionName, orgKey),
    ]);
    await api.organizations.confirm(organizationId, member, { key, defaultUserCollectionName });
  };
}
