/** The public face of the cryptography. Features import from here and from nowhere below. */
export { createCrypto } from "./createCrypto";
export { CryptoError, type CryptoErrorKind } from "./error";
export { organizationCsv } from "./export/csv";
export { organizationJson } from "./export/plain";
export { cloneDraft, newDraft } from "./model/draft";
export * from "./model/encrypted";
export type * from "./model/ids";
export type * from "./model/keys";
export type * from "./model/sends";
export type * from "./model/view";
export { sealedSize } from "./primitives/encFile";
export {
  defaultPassphrase,
  defaultPassword,
  generatePassphrase,
  generatePassword,
  generateUsername,
  type PassphraseOptions,
  type PasswordOptions,
  type UsernameOptions,
} from "./primitives/generator";
export { defaultKdf, kdfFromWire, kdfLimits, normalizeEmail } from "./primitives/kdf";
export { parseTotp, type Totp, type TotpCode, totpCode } from "./primitives/totp";
export type * from "./proxy";
