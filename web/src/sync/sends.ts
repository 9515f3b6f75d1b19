import type { Api } from "@/api";
import { ApiError } from "@/api/error";
import type { SendsApi } from "@/api/sends";
import type { TransferOptions } from "@/api/transfer";
import { CryptoError } from "@/crypto/error";
import type { SendId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { EncryptedSend, SendDraft, SendListItem, SendRecord, SendView } from "@/crypto/model/sends";
import { sealedSize } from "@/crypto/primitives/encFile";
import type { CryptoProxy } from "@/crypto/proxy";

export interface SendUpload extends TransferOptions {
  /** The file is being encrypted, which is over before its first byte is sent. */
  readonly onEncrypted?: () => void;
}

interface Row {
  readonly record: SendRecord;
  readonly json: string;
  readonly item: SendListItem;
}

export interface SendDependencies {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly userKey: () => KeyHandle;
  /** Called when the list is another one after a write. */
  readonly wrote: (sends: OwnSends) => void;
}

const gone = () => new ApiError(404, "This Send does not exist any more.");
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The Sends of the account that is logged in, and what can be done with them. */
export class OwnSends {
  readonly #deps: SendDependencies;
  #rows = new Map<SendId, Row>();

  constructor(deps: SendDependencies) {
    this.#deps = deps;
  }

  list(): SendListItem[] {
    return Array.from(this.#rows.values(), ({ item }) => item).sort((a, b) =>
      collator.compare(a.name, b.name),
    );
  }

  /** Takes a complete answer of the server; applied by the caller, who knows whether the vault is still open. */
  async replace(records: readonly SendRecord[]): Promise<() => void> {
    const rows = await this.#rowsFor(records);
    return () => {
      this.#rows = new Map(rows.map((row) => [row.record.id, row]));
    };
  }

  async #rowsFor(records: readonly SendRecord[]): Promise<Row[]> {
    const known = records.map((record) => {
      const json = JSON.stringify(record);
      const row = this.#rows.get(record.id);
      return { record, json, item: row?.json === json && !row.item.broken ? row.item : null };
    });
    const fresh = known.filter(({ item }) => item === null).map(({ record }) => record);
    const opened = fresh.length > 0 ? await this.#deps.crypto.openSends(fresh, this.#deps.userKey()) : [];
    const byId = new Map(opened.map((item) => [item.id, item]));
    return known.flatMap(({ record, json, item }) => {
      const shown = item ?? byId.get(record.id);
      return shown ? [{ record, json, item: shown }] : [];
    });
  }

  async #put(record: SendRecord): Promise<SendId> {
    for (const row of await this.#rowsFor([record])) this.#rows.set(record.id, row);
    this.#deps.wrote(this);
    return record.id;
  }

  #record(id: SendId): SendRecord {
    const row = this.#rows.get(id);
    if (!row) throw gone();
    return row.record;
  }

  #api(): Promise<SendsApi> {
    return this.#deps.api.sends();
  }

  /** With its text and notes, which the list does not hold. */
  open = async (id: SendId): Promise<SendView> =>
    this.#deps.crypto.openSend(this.#record(id), this.#deps.userKey());

  /** The whole link under the address of a web vault. It opens the Send: only for the clipboard. */
  link = async (id: SendId, origin: string): Promise<string> =>
    `${origin}/#/send/${await this.#deps.crypto.sendLink(this.#record(id), this.#deps.userKey())}`;

  createText = async (draft: SendDraft): Promise<SendId> => {
    const sealed = await this.#deps.crypto.sealSend(draft, this.#deps.userKey());
    return this.#put(await (await this.#api()).create(sealed));
  };

  /** Nothing is left of it when the upload fails or is stopped. */
  createFile = async (draft: SendDraft, file: Blob, options: SendUpload = {}): Promise<SendId> => {
    const { crypto, userKey } = this.#deps;
    const sealed = await crypto.sealSend(draft, userKey());
    const api = await this.#api();
    // Announced before it is encrypted: a file that the server does not take is refused at once.
    const { sendResponse } = await api.announce(sealed, sealedSize(file.size));
    try {
      options.signal?.throwIfAborted();
      const body = await crypto.sealSendFile(sealed.key, userKey(), file);
      options.signal?.throwIfAborted();
      options.onEncrypted?.();
      await this.#upload(api, sendResponse, sealed, body, options);
      return await this.#put(await api.get(sendResponse.id));
    } catch (error) {
      await api.remove(sendResponse.id).catch(() => undefined);
      throw error;
    }
  };

  async #upload(
    api: SendsApi,
    { id, file }: SendRecord,
    sealed: EncryptedSend,
    body: Blob,
    options: SendUpload,
  ): Promise<void> {
    if (!file || !sealed.file) throw new TypeError("the server made no file of this Send");
    await api.upload(id, file.id, body, sealed.file.fileName, options);
  }

  update = async (id: SendId, draft: SendDraft): Promise<void> => {
    const record = this.#record(id);
    const sealed = await this.#deps.crypto.sealSend(draft, this.#deps.userKey(), record);
    const api = await this.#api();
    // Servers of this protocol keep a password that is there: a new one takes the old one away first. Between the
    // two the Send is switched off, so that it never stands open, not even when the second step fails.
    if (sealed.authType === 1 && sealed.password !== null && record.password) {
      await this.#put(await api.update(id, { ...sealed, authType: 2, password: null, disabled: true }));
    }
    await this.#put(await api.update(id, sealed));
  };

  removeProtection = async (id: SendId): Promise<void> => {
    await this.#put(await (await this.#api()).removeProtection(id));
  };

  remove = async (id: SendId): Promise<void> => {
    try {
      await (await this.#api()).remove(id);
    } catch (error) {
      // Its time may have come meanwhile: then it is what was wanted.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
    this.forget(id);
  };

  /** Something about it was changed elsewhere. */
  refresh = async (id: SendId): Promise<void> => {
    try {
      await this.#put(await (await this.#api()).get(id));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.forget(id);
      else if (!(error instanceof CryptoError)) throw error;
    }
  };

  /** It was deleted elsewhere. */
  forget(id: SendId): void {
    if (this.#rows.delete(id)) this.#deps.wrote(this);
  }
}
