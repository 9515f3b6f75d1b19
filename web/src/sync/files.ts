import type { Api } from "@/api";
import type { TransferOptions } from "@/api/transfer";
import type { CipherRecord } from "@/crypto/model/encrypted";
import type { CipherId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { CryptoProxy } from "@/crypto/proxy";
import type { Items } from "./items";

/** What a file is waiting for. */
export type TransferStep = "encrypting" | "sending" | "receiving" | "decrypting";

export interface FileOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: TransferStep) => void) | undefined;
  readonly onProgress?: TransferOptions["onProgress"];
}

/** The files of items, in the own vault as in an organization's. All reject with `ApiError` or `CryptoError`. */
export interface ItemFiles {
  add(id: CipherId, file: File, options?: FileOptions): Promise<void>;
  /** The file itself, once all of it has come and was found genuine. */
  read(id: CipherId, attachmentId: string, options?: FileOptions): Promise<Blob>;
  rename(id: CipherId, attachmentId: string, name: string): Promise<void>;
  remove(id: CipherId, attachmentId: string): Promise<void>;
  /** Gives a file of the oldest format a key of its own. */
  upgrade(id: CipherId, attachmentId: string, options?: FileOptions): Promise<void>;
}

export interface ItemFilesDependencies {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly items: Items;
  /** By the rights of the console instead of one's own way to the items. */
  readonly admin: boolean;
  readonly owner: (record: CipherRecord) => Promise<KeyHandle>;
  readonly wrote: (change: Promise<void>) => Promise<void>;
  readonly now: () => Date;
}

/** What does the work is loaded with its first use: whoever logs in does not wait for it. */
export function itemFiles(deps: ItemFilesDependencies): ItemFiles {
  let loading: Promise<ItemFiles> | null = null;
  const loaded = () => {
    loading ??= import("./attachments").then(({ createItemFiles }) => createItemFiles(deps));
    return loading;
  };
  return {
    add: async (...args) => (await loaded()).add(...args),
    read: async (...args) => (await loaded()).read(...args),
    rename: async (...args) => (await loaded()).rename(...args),
    remove: async (...args) => (await loaded()).remove(...args),
    upgrade: async (...args) => (await loaded()).upgrade(...args),
  };
}
