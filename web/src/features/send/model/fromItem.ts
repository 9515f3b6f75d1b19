import type { CipherView } from "@/crypto/model/view";
import { flatContent, flatFields, isFlat } from "@/features/vault/model/fields";

/** One thing of an item that can be sent. */
export type ItemPart = {
  readonly id: string;
  /** A key of a text, or the name that somebody gave to a field of their own. */
  readonly label: { readonly key: string } | { readonly text: string };
  readonly value: string;
  /** Chosen before anybody has chosen. */
  readonly usual: boolean;
};

function ofType(item: CipherView): ItemPart[] {
  if (item.type === "login") {
    const { username, password, uris } = item.login;
    return [
      { id: "username", label: { key: "vault.username" }, value: username, usual: true },
      { id: "password", label: { key: "vault.password" }, value: password, usual: true },
      { id: "uri", label: { key: "vault.website" }, value: uris[0]?.uri ?? "", usual: false },
    ];
  }
  if (!isFlat(item.type)) {
    return [];
  }
  const content = flatContent(item);
  return flatFields[item.type].map(({ name }) => ({
    id: name,
    label: { key: `vault.field.${name}` },
    value: content[name] ?? "",
    usual: true,
  }));
}

/** Fields of one's own with a text; what is linked has its value elsewhere, and a box has none. */
function ownFields(item: CipherView): ItemPart[] {
  return item.fields.flatMap(({ type, name, value }, at) =>
    type === 0 || (type === 1 && item.viewPassword)
      ? [{ id: `field-${at}`, label: { text: name }, value, usual: false }]
      : [],
  );
}

const covered = new Set(["password", "number", "code", "privateKey", "accountNumber", "pin", "ssn", "iban"]);

/** What of an item can be sent: nothing that is empty, and nothing that its collection hides. */
export function partsOf(item: CipherView): ItemPart[] {
  const notes = {
    id: "notes",
    label: { key: "vault.notes" },
    value: item.notes,
    usual: item.type === "secureNote",
  };
  return [...ofType(item), ...ownFields(item), notes].filter(
    ({ id, value }) => value !== "" && (item.viewPassword || !covered.has(id)),
  );
}

export const usualParts = (parts: readonly ItemPart[]): ReadonlySet<string> =>
  new Set(parts.filter(({ usual }) => usual).map(({ id }) => id));

/** A single value stands by itself, so that it can be copied; several are named. */
export function textOf(
  parts: readonly ItemPart[],
  chosen: ReadonlySet<string>,
  name: (part: ItemPart) => string,
): string {
  const taken = parts.filter(({ id }) => chosen.has(id));
  const [only] = taken;
  if (taken.length === 1 && only) {
    return only.value;
  }
  return taken
    .map((part) => `${name(part)}:${part.value.includes("\n") ? "\n" : " "}${part.value}`)
    .join("\n");
}
