import { ApiError } from "@/api/error";
import type { CipherRecord } from "@/crypto/model/encrypted";
import type { CipherId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { CipherListItem, CipherView } from "@/crypto/model/view";
import type { BatchOptions, CryptoProxy } from "@/crypto/proxy";

interface Row {
  readonly record: CipherRecord;
  /** To see whether a sync brought anything new; dates alone do not tell about folder and favourite. */
  readonly json: string;
  readonly item: CipherListItem;
}

const gone = () => new ApiError(404, "This item does not exist any more.");

/** Encrypted records beside their list views. Only what changed is decrypted again. */
export class Items {
  readonly #crypto: CryptoProxy;
  readonly #ownerOf: (record: CipherRecord) => KeyHandle | null;
  #rows = new Map<CipherId, Row>();
  #last: Promise<void> = Promise.resolve();

  constructor(crypto: CryptoProxy, ownerOf: (record: CipherRecord) => KeyHandle | null) {
    this.#crypto = crypto;
    this.#ownerOf = ownerOf;
  }

  list(): CipherListItem[] {
    return Array.from(this.#rows.values(), ({ item }) => item);
  }

  records(): CipherRecord[] {
    return Array.from(this.#rows.values(), ({ record }) => record);
  }

  clear(): void {
    this.#rows = new Map();
  }

  record(id: CipherId): CipherRecord {
    const row = this.#rows.get(id);
    if (!row) throw gone();
    return row.record;
  }

  owner(record: CipherRecord): KeyHandle {
    const owner = this.#ownerOf(record);
    if (!owner) throw new ApiError(404, "The key of this item's organization is not available.");
    return owner;
  }

  async open(id: CipherId): Promise<CipherView> {
    const record = this.record(id);
    return this.#crypto.openCipher(record, this.owner(record));
  }

  openAll(filter: (item: CipherListItem) => boolean): Promise<CipherView[]> {
    const owned = Array.from(this.#rows.values())
      .filter(({ item }) => filter(item) && !item.broken && item.type !== null)
      .map(({ record }) => ({ cipher: record, owner: this.owner(record) }));
    return this.#crypto.openCiphers(owned);
  }

  async #rowsFor(records: readonly CipherRecord[], options: BatchOptions): Promise<Row[]> {
    const known = records.map((record) => {
      const json = JSON.stringify(record);
      const row = this.#rows.get(record.id);
      return { record, json, item: row?.json === json && !row.item.broken ? row.item : null };
    });
    const fresh = known.flatMap(({ record, item }) => {
      const owner = item ? null : this.#ownerOf(record);
      return owner ? [{ cipher: record, owner }] : [];
    });
    const opened = await this.#crypto.openCipherList(fresh, options);
    const byId = new Map(opened.map((item) => [item.id, item]));
    return known.map(({ record, json, item }) => ({
      record,
      json,
      item: item ?? byId.get(record.id) ?? unopened(record),
    }));
  }

  /** Takes a complete answer of the server. */
  async replace(records: readonly CipherRecord[], options: BatchOptions = {}): Promise<() => void> {
    const rows = await this.#rowsFor(records, options);
    // Applied by the caller, who knows whether the vault is still open by then.
    return () => {
      this.#rows = new Map(rows.map((row) => [row.record.id, row]));
    };
  }

  /** One after the other: decrypting takes its time, and what came meanwhile must not be written over. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const after = this.#last.then(change);
    this.#last = after.catch(() => undefined);
    return after;
  }

  /** Takes answers to single writes. Members that an answer leaves out keep their value. */
  merge(answers: readonly Partial<CipherRecord>[]): Promise<void> {
    return this.#inTurn(() => this.#merge(answers));
  }

  /** Changes an item as it is by then, unless it is gone. */
  change(id: CipherId, part: (record: CipherRecord) => Partial<CipherRecord>): Promise<void> {
    return this.#inTurn(async () => {
      const record = this.#rows.get(id)?.record;
      if (record) await this.#merge([{ ...part(record), id }]);
    });
  }

  async #merge(answers: readonly Partial<CipherRecord>[]): Promise<void> {
    const records = answers.map((answer) => {
      const before = answer.id === undefined ? undefined : this.#rows.get(answer.id)?.record;
      return { ...before, ...answer } as CipherRecord;
    });
    for (const row of await this.#rowsFor(records, {})) this.#rows.set(row.record.id, row);
  }

  /** For writes that are answered without a body. */
  patch(ids: readonly CipherId[], part: Partial<CipherRecord>): Promise<void> {
    return this.merge(ids.filter((id) => this.#rows.has(id)).map((id) => ({ id, ...part })));
  }

  remove(ids: readonly CipherId[]): void {
    for (const id of ids) this.#rows.delete(id);
  }
}

/** An item whose organization's key is missing: listed, so that nobody thinks it lost. */
function unopened(record: CipherRecord): CipherListItem {
  return {
    id: record.id,
    type: null,
    organizationId: record.organizationId,
    folderId: record.folderId ?? null,
    collectionIds: record.collectionIds ?? [],
    favorite: record.favorite ?? false,
    reprompt: record.reprompt ?? 0,
    name: "",
    subtitle: "",
    uris: [],
    hasTotp: false,
    hasPassword: false,
    hasAttachments: false,
    hasPasskey: false,
    broken: true,
    edit: false,
    viewPassword: false,
    canDelete: false,
    canRestore: false,
    creationDate: record.creationDate,
    revisionDate: record.revisionDate,
    deletedDate: record.deletedDate ?? null,
    archivedDate: record.archivedDate ?? null,
  };
}
