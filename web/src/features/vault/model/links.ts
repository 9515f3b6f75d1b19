import type { CipherContent } from "@/crypto/model/view";

/** What a linked custom field can point at; the numbers are those of the wire. */
type Target = {
  readonly id: number;
  readonly label: "vault.username" | "vault.password" | `vault.field.${LinkedName}`;
};

const cardNames = ["cardholderName", "expMonth", "expYear", "code", "brand", "number"] as const;
const identityNames = [
  "title",
  "middleName",
  "address1",
  "address2",
  "address3",
  "city",
  "state",
  "postalCode",
  "country",
  "company",
  "email",
  "phone",
  "ssn",
  "username",
  "passportNumber",
  "licenseNumber",
  "firstName",
  "lastName",
] as const;
type LinkedName = (typeof cardNames)[number] | (typeof identityNames)[number];

const login: readonly Target[] = [
  { id: 100, label: "vault.username" },
  { id: 101, label: "vault.password" },
];
const card: readonly Target[] = cardNames.map((name, at) => ({ id: 300 + at, label: `vault.field.${name}` }));
const identity: readonly Target[] = identityNames.map((name, at) => ({
  id: 400 + at,
  label: `vault.field.${name}`,
}));

export function linkTargets(type: CipherContent["type"]): readonly Target[] {
  return type === "login" ? login : type === "card" ? card : type === "identity" ? identity : [];
}
