import type { EncText } from "./encrypted";

declare const handleBrand: unique symbol;
declare const masterBrand: unique symbol;

/** Names a symmetric key that lives in the workers; worthless outside of them and after a lock. */
export type KeyHandle = string & { readonly [handleBrand]: true };

/** Names a stretched master key that waits in the worker between the password and the server's answer. */
export type MasterKeyHandle = string & { readonly [masterBrand]: true };

/** How a password becomes a key. Memory is in MiB. */
export type KdfConfig =
  | { readonly type: "pbkdf2"; readonly iterations: number }
  | {
      readonly type: "argon2id";
      readonly iterations: number;
      readonly memory: number;
      readonly parallelism: number;
    };

/** What the server keeps for an account: enough, with the password, to open it. Nothing here is secret by itself. */
export interface AccountKeys {
  readonly kdf: KdfConfig;
  readonly salt: string;
  readonly wrappedUserKey: EncText;
  readonly wrappedPrivateKey: EncText;
  readonly publicKey: string;
}

/** The KDF as `register/finish`, password and KDF changes carry it. */
export interface WireKdf {
  readonly kdfType: 0 | 1;
  readonly iterations: number;
  readonly memory: number | null;
  readonly parallelism: number | null;
}

export interface WireAuthentication {
  readonly kdf: WireKdf;
  readonly masterPasswordAuthenticationHash: string;
  readonly salt: string;
}

export interface WireUnlock {
  readonly kdf: WireKdf;
  readonly masterKeyWrappedUserKey: EncText;
  readonly salt: string;
  readonly containedKeyId: string | null;
}

export interface WireKeyPair {
  readonly publicKey: string;
  readonly encryptedPrivateKey: EncText;
}
