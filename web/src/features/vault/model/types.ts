import type { CipherTypeName } from "@/crypto/model/view";

/** In the order in which people are offered them. */
export const itemTypes: readonly CipherTypeName[] = [
  "login",
  "card",
  "identity",
  "secureNote",
  "sshKey",
  "bankAccount",
  "driversLicense",
  "passport",
];

export function isItemType(value: string): value is CipherTypeName {
  return (itemTypes as readonly string[]).includes(value);
}
