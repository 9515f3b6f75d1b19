import type { CollectionId } from "@/crypto/model/ids";
import type { ImportedFile } from "@/features/settings/parts";

export type Target =
  /** Where the file says; what is not there is made. */
  | { readonly kind: "asInFile" }
  | { readonly kind: "collection"; readonly id: CollectionId }
  | { readonly kind: "none" };

export type Existing = { readonly id: CollectionId; readonly name: string };

/** Which collections an import fills, and which items go where. */
export type Plan = {
  readonly collections: readonly { readonly id: CollectionId | null; readonly name: string }[];
  /** `key` is the index of the item, `value` that of its collection. */
  readonly relations: readonly { readonly key: number; readonly value: number }[];
};

/** Collections of the same name are the same. Folders of a personal export become collections. */
export function planOf(file: ImportedFile, target: Target, existing: readonly Existing[]): Plan {
  if (target.kind === "none") {
    return { collections: [], relations: [] };
  }
  if (target.kind === "collection") {
    const name = existing.find(({ id }) => id === target.id)?.name ?? "";
    const relations = file.items.map((_, key) => ({ key, value: 0 }));
    return { collections: [{ id: target.id, name }], relations };
  }
  const nameOf = new Map([...file.folders, ...file.collections].map(({ id, name }) => [id, name]));
  const idOf = new Map(existing.map(({ id, name }) => [name, id]));
  const at = new Map<string, number>();
  const relations = file.items.flatMap((item, key) => {
    const places = item.collections.length > 0 ? item.collections : item.folder ? [item.folder] : [];
    const names = new Set(places.flatMap((id) => nameOf.get(id) || []));
    return [...names].map((name) => {
      const value = at.get(name) ?? at.size;
      at.set(name, value);
      return { key, value };
    });
  });
  const collections = [...at.keys()].map((name) => ({ id: idOf.get(name) ?? null, name }));
  return { collections, relations };
}
