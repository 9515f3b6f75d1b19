import {
  bankAccountFields,
  cardFields,
  driversLicenseFields,
  identityFields,
  passportFields,
  sshKeyFields,
} from "../model/encrypted";
import type { CipherTypeName } from "../model/view";

const names: readonly (CipherTypeName | undefined)[] = [
  undefined,
  "login",
  "secureNote",
  "card",
  "identity",
  "sshKey",
  "bankAccount",
  "driversLicense",
  "passport",
];

/** null for a type of a future client. */
export const typeName = (type: number): CipherTypeName | null => names[type] ?? null;

export const typeNumber = (name: CipherTypeName): number => names.indexOf(name);

/** The types whose content is a flat list of texts. */
export const flatFields = {
  card: cardFields,
  identity: identityFields,
  sshKey: sshKeyFields,
  bankAccount: bankAccountFields,
  driversLicense: driversLicenseFields,
  passport: passportFields,
} as const;

export type FlatType = keyof typeof flatFields;
