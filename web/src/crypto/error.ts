export type CryptoErrorKind =
  /** The password does not open the key. */
  | "wrongPassword"
  /** MAC failure, bad padding, malformed text: wrong key or damaged data, deliberately not told apart. */
  | "undecryptable"
  /** Written by a newer client (type 7, version 2 accounts) or by one so old that reading it is unsafe. */
  | "unsupported"
  /** The server offers a KDF below the floor. */
  | "weakKdf"
  /** No keys: the vault is locked. */
  | "locked"
  | "aborted";

export class CryptoError extends Error {
  readonly kind: CryptoErrorKind;

  constructor(kind: CryptoErrorKind, message: string) {
    super(message);
    this.name = "CryptoError";
    this.kind = kind;
  }
}
