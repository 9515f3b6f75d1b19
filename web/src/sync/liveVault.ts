import type { Api } from "@/api";
import { ApiError } from "@/api/error";
import type { SyncAnswer } from "@/api/wire";
import { CryptoError } from "@/crypto/error";
import type { CipherRecord, FolderRecord } from "@/crypto/model/encrypted";
import type { CipherId, CollectionId, FolderId, OrgId, ProviderId, SendId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { SendListItem } from "@/crypto/model/sends";
import type { CipherDraft, CipherListItem, CipherView, CollectionView } from "@/crypto/model/view";
import type { CryptoProxy, OpenedKeys } from "@/crypto/proxy";
import type { Session } from "@/session";
import { sameIds, sealEdit } from "./edit";
import { type ItemFiles, itemFiles } from "./files";
import { Items } from "./items";
import { ProfileKeys } from "./keys";
import { poll } from "./polling";
import type { OwnSends } from "./sends";
import { Store } from "./store";
import { emptyVault, type Vault, type VaultState } from "./vault";

export interface VaultDependencies {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly session: Session;
  /** Whether new items get a key of their own. */
  readonly itemKeys: () => Promise<boolean>;
  readonly now?: () => number;
}

export function createVault(deps: VaultDependencies): Vault {
  return new LiveVault(deps);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The server cannot read names, so what it lists comes in no order that a person would look for. */
function byName<Named extends { readonly name: string }>(list: readonly Named[]): Named[] {
  return [...list].sort((a, b) => collator.compare(a.name, b.name));
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

class LiveVault implements Vault {
  readonly #deps: VaultDependencies;
  readonly #store = new Store<VaultState>(emptyVault);
  readonly #keys: ProfileKeys;
  readonly #items: Items;
  readonly files: ItemFiles;
  #sends: Promise<OwnSends> | null = null;
  #folders = new Map<FolderId, FolderRecord>();
  #running: Promise<void> | null = null;
  #abort = new AbortController();
  /** The server's revision that the store shows at least. */
  #revision: number | null = null;
  /** Counts local writes: an answer that was asked for before one of them is already old. */
  #writes = 0;

  constructor(deps: VaultDependencies) {
    this.#deps = deps;
    this.#keys = new ProfileKeys(deps.crypto);
    this.#items = new Items(deps.crypto, (record) => this.#ownerOf(record));
    this.files = itemFiles({
      ...{ api: deps.api, crypto: deps.crypto, items: this.#items, admin: false },
      owner: async (record) => this.#items.owner(record),
      wrote: (change) => this.#wrote(change),
      now: () => this.#date(),
    });
    deps.session.subscribe(() => {
      if (deps.session.getSnapshot().status !== "unlocked") this.#clear();
    });
  }

  getSnapshot = (): VaultState => this.#store.get();
  subscribe = this.#store.subscribe;

  #clear(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#running = null;
    this.#revision = null;
    this.#keys.clear();
    this.#items.clear();
    this.#sends = null;
    this.#folders.clear();
    if (this.#store.get().status.kind !== "idle") this.#store.set(emptyVault);
  }

  #userKey(): KeyHandle {
    const state = this.#deps.session.getSnapshot();
    if (state.status !== "unlocked") throw new CryptoError("locked", "The vault is locked.");
    return state.userKey;
  }

  #ownerOf(record: CipherRecord): KeyHandle | null {
    if (!record.organizationId) return this.#userKey();
    return this.#keys.opened?.organizations.get(record.organizationId) ?? null;
  }

  #organizationKey(id: OrgId): KeyHandle {
    const key = this.#keys.opened?.organizations.get(id);
    if (!key) throw new ApiError(404, "The key of this organization is not available.");
    return key;
  }

  sync = (): Promise<void> => {
    const { signal } = this.#abort;
    this.#running ??= this.#sync(signal).finally(() => {
      if (!signal.aborted) this.#running = null;
    });
    return this.#running;
  };

  async #sync(signal: AbortSignal): Promise<void> {
    try {
      let writes: number;
      do {
        writes = this.#writes;
        await this.#syncOnce(signal);
      } while (writes !== this.#writes && !signal.aborted);
    } catch (error) {
      // After a lock there is nobody to tell.
      if (!signal.aborted) this.#store.set({ status: { kind: "failed", error } });
    }
  }

  async #syncOnce(signal: AbortSignal): Promise<void> {
    const first = this.#store.get().profile === null;
    const progress = (done: number, total: number) => {
      if (first && !signal.aborted) this.#store.set({ status: { kind: "loading", done, total } });
    };
    progress(0, 0);
    // Asked for first: a change between the two answers is then seen by the next poll.
    const revision = await this.#deps.api.sync.revisionDate({ signal });
    const answer = await this.#deps.api.sync.sync({ signal });
    this.#deps.session.noteSync(answer);
    if (signal.aborted) return;
    const keys = await this.#keys.open(answer.profile);
    progress(0, answer.ciphers.length);
    const [apply, sends, folders, collections] = await Promise.all([
      this.#items.replace(answer.ciphers, { signal, onProgress: progress }),
      this.#replaceSends(answer),
      this.#deps.crypto.openFolders(answer.folders, this.#userKey()),
      this.#openCollections(answer, keys),
    ]);
    if (signal.aborted) return;
    apply();
    const shownSends = sends();
    this.#folders = new Map(answer.folders.map((folder) => [folder.id, folder]));
    this.#revision = revision;
    const { profile, domains } = answer;
    const { organizations, providers, providerOrganizations } = profile;
    this.#store.set({
      ...{ profile, domains, organizations, providers, providerOrganizations },
      policies: answer.policiesNew ?? answer.policies ?? [],
      folders: byName(folders),
      collections: byName(collections),
      items: this.#items.list(),
      sends: shownSends,
      status: { kind: "ready", at: (this.#deps.now ?? Date.now)() },
    });
  }

  async #openCollections(answer: SyncAnswer, keys: OpenedKeys): Promise<CollectionView[]> {
    const opened = await Promise.all(
      Array.from(keys.organizations, ([id, key]) =>
        this.#deps.crypto.openCollections(
          answer.collections.filter(({ organizationId }) => organizationId === id),
          key,
        ),
      ),
    );
    return opened.flat();
  }

  check = async (): Promise<void> => {
    if (this.#deps.session.getSnapshot().status !== "unlocked") return;
    const revision = await this.#deps.api.sync.revisionDate();
    if (revision < 0) await this.#deps.session.logout("accountDeleted");
    else if (revision !== this.#revision) await this.sync();
  };

  startPolling = (calm?: () => boolean): (() => void) => poll(this.check, calm);

  refreshItem = async (id: CipherId): Promise<void> => {
    const { signal } = this.#abort;
    const record = await unlessGone(this.#deps.api.ciphers.get(id, { signal }));
    if (signal.aborted) return;
    await this.#wrote(record ? this.#items.merge([record]) : this.#items.remove([id]));
  };

  forgetItem = async (id: CipherId): Promise<void> => this.#wrote(this.#items.remove([id]));

  refreshFolder = async (id: FolderId): Promise<void> => {
    const { signal } = this.#abort;
    const record = await unlessGone(this.#deps.api.folders.get(id, { signal }));
    if (signal.aborted) return;
    if (record) await this.#putFolder(record);
    else await this.forgetFolder(id);
  };

  /** Shows a finished write at once. */
  async #wrote(change: void | Promise<void>): Promise<void> {
    this.#writes++;
    await change;
    this.#store.set({ items: this.#items.list() });
  }

  openItem = (id: CipherId): Promise<CipherView> => this.#items.open(id);

  openAll = (filter: (item: CipherListItem) => boolean): Promise<CipherView[]> => this.#items.openAll(filter);

  records = (): readonly CipherRecord[] => this.#items.records();
  folderRecords = (): readonly FolderRecord[] => [...this.#folders.values()];

  createItem = async (draft: CipherDraft): Promise<CipherId> => {
    const { api, crypto } = this.#deps;
    const { organizationId, collectionIds } = draft;
    const owner = organizationId ? this.#organizationKey(organizationId) : this.#userKey();
    const sealed = await crypto.sealCipher(draft, owner, { itemKey: await this.#deps.itemKeys() });
    const record = organizationId
      ? await api.ciphers.createInOrganization(sealed, collectionIds)
      : await api.ciphers.create(sealed);
    await this.#wrote(this.#items.merge([{ collectionIds, ...record }]));
    return record.id;
  };

  updateItem = async (id: CipherId, draft: CipherDraft, start?: CipherView): Promise<void> => {
    const { api, crypto } = this.#deps;
    const record = this.#items.record(id);
    const { folderId, favorite, organizationId, collectionIds } = draft;
    if (record.edit === false) {
      await this.#wrote(this.#items.merge([await api.ciphers.updatePartial(id, { folderId, favorite })]));
      return;
    }
    const sealed = await sealEdit(crypto, record, this.#items.owner(record), draft, this.#date(), start);
    await this.#wrote(this.#items.merge([await api.ciphers.update(id, sealed)]));
    if (organizationId && !record.organizationId) await this.shareItem(id, organizationId, collectionIds);
    else if (organizationId && !sameIds(collectionIds, record.collectionIds ?? [])) {
      await this.setCollections(id, collectionIds);
    }
  };

  #date(): Date {
    return new Date((this.#deps.now ?? Date.now)());
  }

  setFavorite = async (id: CipherId, favorite: boolean): Promise<void> => {
    const folderId = this.#items.record(id).folderId ?? null;
    const answer = await this.#deps.api.ciphers.updatePartial(id, { folderId, favorite });
    await this.#wrote(this.#items.merge([answer]));
  };

  /** Writes without an answer are shown at once; a sync then brings the new revision dates. */
  async #patched(ids: readonly CipherId[], part: Partial<CipherRecord>): Promise<void> {
    await this.#wrote(this.#items.patch(ids, part));
    await this.sync();
  }

  moveItems = async (ids: readonly CipherId[], folderId: FolderId | null): Promise<void> => {
    await this.#deps.api.ciphers.move(ids, folderId);
    await this.#patched(ids, { folderId });
  };

  trashItems = async (ids: readonly CipherId[]): Promise<void> => {
    await this.#deps.api.ciphers.trash(ids);
    await this.#patched(ids, { deletedDate: this.#date().toISOString() });
  };

  restoreItems = async (ids: readonly CipherId[]): Promise<void> => {
    const restored = await this.#deps.api.ciphers.restore(ids);
    await this.#wrote(this.#items.merge(restored.map((record) => ({ ...record, deletedDate: null }))));
  };

  deleteItems = async (ids: readonly CipherId[]): Promise<void> => {
    await this.#deps.api.ciphers.remove(ids);
    await this.#wrote(this.#items.remove(ids));
  };

  archiveItems = async (ids: readonly CipherId[]): Promise<void> => {
    await this.#wrote(this.#items.merge(await this.#deps.api.ciphers.archive(ids)));
  };

  unarchiveItems = async (ids: readonly CipherId[]): Promise<void> => {
    const answers = await this.#deps.api.ciphers.unarchive(ids);
    await this.#wrote(this.#items.merge(answers.map((record) => ({ ...record, archivedDate: null }))));
  };

  setCollections = async (id: CipherId, collectionIds: readonly CollectionId[]): Promise<void> => {
    const { unavailable, cipher } = await this.#deps.api.ciphers.setCollections(id, collectionIds);
    if (unavailable || !cipher) await this.#wrote(this.#items.remove([id]));
    else await this.#wrote(this.#items.merge([{ collectionIds, ...cipher }]));
  };

  shareItem = async (
    id: CipherId,
    organizationId: OrgId,
    collectionIds: readonly CollectionId[],
  ): Promise<void> => {
    const record = this.#items.record(id);
    const to = this.#organizationKey(organizationId);
    const sealed = await this.#deps.crypto.shareCipher(record, this.#userKey(), to, organizationId);
    const answer = await this.#deps.api.ciphers.share(id, sealed, collectionIds);
    await this.#wrote(this.#items.merge([{ collectionIds, ...answer }]));
  };

  async #putFolder(record: FolderRecord): Promise<FolderId> {
    this.#writes++;
    this.#folders.set(record.id, record);
    const opened = await this.#deps.crypto.openFolders([record], this.#userKey());
    const others = this.#store.get().folders.filter(({ id }) => id !== record.id);
    this.#store.set({ folders: byName([...others, ...opened]) });
    return record.id;
  }

  sends = (): Promise<OwnSends> => {
    const loading =
      this.#sends ?? import("./sends").then(({ OwnSends }) => new OwnSends(this.#sendDependencies()));
    this.#sends = loading;
    loading.catch(() => {
      this.#sends = null;
    });
    return loading;
  };

  #sendDependencies() {
    const { api, crypto } = this.#deps;
    const { signal } = this.#abort;
    const wrote = (sends: OwnSends) => {
      if (signal.aborted) return;
      this.#writes++;
      this.#store.set({ sends: sends.list() });
    };
    return { api, crypto, userKey: () => this.#userKey(), wrote };
  }

  /** An account that never sent anything need not load how. */
  async #replaceSends({ sends }: SyncAnswer): Promise<() => readonly SendListItem[]> {
    if (!sends?.length && !this.#sends) return () => [];
    const own = await this.sends();
    const apply = await own.replace(sends ?? []);
    return () => {
      apply();
      return own.list();
    };
  }

  refreshSend = async (id: SendId): Promise<void> => (await this.sends()).refresh(id);
  removeSend = async (id: SendId): Promise<void> => (await this.sends()).forget(id);

  createFolder = async (name: string): Promise<FolderId> => {
    const sealed = await this.#deps.crypto.sealName(name, this.#userKey());
    return this.#putFolder(await this.#deps.api.folders.create(sealed));
  };

  renameFolder = async (id: FolderId, name: string): Promise<void> => {
    const sealed = await this.#deps.crypto.sealName(name, this.#userKey());
    await this.#putFolder(await this.#deps.api.folders.rename(id, sealed));
  };

  deleteFolder = async (id: FolderId): Promise<void> => {
    await this.#deps.api.folders.remove(id);
    await this.forgetFolder(id);
  };

  forgetFolder = async (id: FolderId): Promise<void> => {
    this.#folders.delete(id);
    this.#store.set({ folders: this.#store.get().folders.filter((folder) => folder.id !== id) });
    const inside = this.#items.list().filter(({ folderId }) => folderId === id);
    await this.#wrote(
      this.#items.patch(
        inside.map((item) => item.id),
        { folderId: null },
      ),
    );
  };

  async #opened(): Promise<OpenedKeys> {
    if (!this.#keys.opened) await this.sync();
    const { status } = this.#store.get();
    if (this.#keys.opened) return this.#keys.opened;
    throw status.kind === "failed" ? status.error : new CryptoError("locked", "The vault is locked.");
  }

  providerKey = async (id: ProviderId): Promise<KeyHandle> => {
    const key = (await this.#opened()).providers.get(id);
    if (!key) throw new ApiError(404, "The key of this provider is not available.");
    return key;
  };

  clientKey = async (organizationId: OrgId): Promise<KeyHandle> => {
    const key = (await this.#opened()).clients.get(organizationId);
    if (!key) throw new ApiError(404, "The key of this client is not available.");
    return key;
  };

  organizationKey = async (organizationId: OrgId): Promise<KeyHandle> => {
    const key = (await this.#opened()).organizations.get(organizationId);
    if (!key) throw new ApiError(404, "The key of this organization is not available.");
    return key;
  };
}
