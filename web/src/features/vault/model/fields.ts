import {
  bankAccountFields,
  cardFields,
  driversLicenseFields,
  identityFields,
  passportFields,
  sshKeyFields,
} from "@/crypto/model/encrypted";
import type { CipherContent, CipherDraft } from "@/crypto/model/view";

/** The types whose content is a flat list of texts. */
export type FlatType = "card" | "identity" | "sshKey" | "bankAccount" | "driversLicense" | "passport";

export type FlatField = {
  readonly name: string;
  /** secret is covered, long takes several lines, date is picked. */
  readonly kind: "text" | "secret" | "long" | "secretLong" | "date" | "month";
};

const secrets = new Set(["number", "code", "ssn", "privateKey", "accountNumber", "pin", "iban"]);
const longs = new Set(["publicKey", "privateKey"]);
const dates = new Set(["dateOfBirth", "issueDate", "expirationDate"]);

function kindOf(name: string): FlatField["kind"] {
  if (longs.has(name)) {
    return secrets.has(name) ? "secretLong" : "long";
  }
  if (name === "expMonth") {
    return "month";
  }
  return secrets.has(name) ? "secret" : dates.has(name) ? "date" : "text";
}

const described = (names: readonly string[]): readonly FlatField[] =>
  names.map((name) => ({ name, kind: kindOf(name) }));

export const flatFields: Readonly<Record<FlatType, readonly FlatField[]>> = {
  card: described(cardFields),
  identity: described(identityFields),
  sshKey: described(sshKeyFields),
  bankAccount: described(bankAccountFields),
  driversLicense: described(driversLicenseFields),
  passport: described(passportFields),
};

export function isFlat(type: CipherContent["type"]): type is FlatType {
  return type in flatFields;
}

/** The texts of a flat item by field name. */
export function flatContent(item: CipherContent): Readonly<Record<string, string>> {
  switch (item.type) {
    case "card":
      return item.card;
    case "identity":
      return item.identity;
    case "sshKey":
      return item.sshKey;
    case "bankAccount":
      return item.bankAccount;
    case "driversLicense":
      return item.driversLicense;
    case "passport":
      return item.passport;
    default:
      return {};
  }
}

export function withFlat<Draft extends CipherDraft>(draft: Draft, name: string, value: string): Draft {
  return { ...draft, [draft.type]: { ...flatContent(draft), [name]: value } };
}
