import { CryptoError } from "../error";
import type { EncText } from "../model/encrypted";
import type { KeyHandle, MasterKeyHandle } from "../model/keys";
import { type Bytes, randomBytes, toHex } from "../primitives/bytes";
import { decapsulate, type PrivateKey } from "../primitives/rsa";
import { openBytes, type SymmetricKey } from "../primitives/symmetric";

/** Where a key came from, so that its bytes can be had again for a moment when it must be wrapped anew. */
export type KeySource =
  | { readonly kind: "password" }
  | { readonly kind: "publicKey"; readonly wrapped: EncText }
  | { readonly kind: "key"; readonly wrapped: EncText; readonly by: KeyHandle };

export interface KeyEntry {
  readonly key: SymmetricKey;
  readonly source: KeySource;
}

export interface Me {
  readonly privateKey: PrivateKey;
  readonly publicKey: string;
}

/** What one worker hands to another. CryptoKeys can be cloned between workers without ever being readable. */
export interface KeyringContent {
  readonly keys: ReadonlyMap<KeyHandle, KeyEntry>;
  readonly me: Me | null;
}

export interface MasterKeyEntry {
  readonly stretched: SymmetricKey;
  /** Only as long as the master key waits; a very old account's user key is under the unstretched one. */
  readonly raw: Bytes;
}

const locked = () => new CryptoError("locked", "The vault is locked.");

/** All keys of one unlocked account, inside a worker. */
export class Keyring {
  #keys = new Map<KeyHandle, KeyEntry>();
  #masterKeys = new Map<MasterKeyHandle, MasterKeyEntry>();
  #me: Me | null = null;
  #asked: PrivateKey | null = null;

  add(entry: KeyEntry): KeyHandle {
    const handle = toHex(randomBytes(8)) as KeyHandle;
    this.#keys.set(handle, entry);
    return handle;
  }

  key(handle: KeyHandle): SymmetricKey {
    return this.#entry(handle).key;
  }

  #entry(handle: KeyHandle): KeyEntry {
    const entry = this.#keys.get(handle);
    if (!entry) throw locked();
    return entry;
  }

  me(): Me {
    if (!this.#me) throw locked();
    return this.#me;
  }

  setMe(me: Me): void {
    this.#me = me;
  }

  /** The bytes of an organization or provider key. Wipe them after use. */
  async bytes(handle: KeyHandle): Promise<Bytes> {
    const { source } = this.#entry(handle);
    switch (source.kind) {
      case "publicKey":
        return decapsulate(this.me().privateKey, source.wrapped);
      case "key":
        return openBytes(this.key(source.by), source.wrapped);
      case "password":
        throw new CryptoError("unsupported", "The user key can only be had with the master password.");
    }
  }

  addMasterKey(entry: MasterKeyEntry): MasterKeyHandle {
    const handle = toHex(randomBytes(8)) as MasterKeyHandle;
    this.#masterKeys.set(handle, entry);
    return handle;
  }

  takeMasterKey(handle: MasterKeyHandle): MasterKeyEntry {
    const entry = this.#masterKeys.get(handle);
    if (!entry) throw locked();
    this.#masterKeys.delete(handle);
    return entry;
  }

  /** Opens the answer to a request to be let in. There is one at a time; a lock forgets it. */
  setAsked(key: PrivateKey): void {
    this.#asked = key;
  }

  asked(): PrivateKey {
    if (!this.#asked) throw locked();
    return this.#asked;
  }

  forgetAsked(): void {
    this.#asked = null;
  }

  content(): KeyringContent {
    return { keys: this.#keys, me: this.#me };
  }

  replace(content: KeyringContent): void {
    this.#keys = new Map(content.keys);
    this.#me = content.me;
  }

  clear(): void {
    for (const { raw } of this.#masterKeys.values()) raw.fill(0);
    this.#masterKeys.clear();
    this.#keys.clear();
    this.#asked = null;
    this.#me = null;
  }
}
