import type { GroupDetails, MemberReach } from "@/api";
import type { CipherId, CollectionId } from "@/crypto/model/ids";

/** Something that somebody who leaves may know, and that may have to be changed. */
export type KnownItem = {
  readonly id: CipherId;
  /** null when the item cannot be named here. */
  readonly name: string | null;
  readonly username: string;
  readonly collections: string;
  readonly viewPassword: boolean;
  readonly edit: boolean;
  readonly lastUsed: string | null;
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

type Named = { readonly name: string; readonly subtitle: string };

/** What was used last comes first among the passwords that could be read; then the rest by name. */
export function knownItems(
  reach: MemberReach,
  items: ReadonlyMap<CipherId, Named>,
  collections: ReadonlyMap<CollectionId, string>,
): KnownItem[] {
  return reach.items
    .map(({ id, collectionIds, viewPassword, edit, lastUsed }) => ({
      id,
      name: items.get(id)?.name ?? null,
      username: items.get(id)?.subtitle ?? "",
      collections: collectionIds
        .map((collection) => collections.get(collection) ?? "")
        .filter(Boolean)
        .join(", "),
      viewPassword,
      edit,
      lastUsed,
    }))
    .sort(
      (a, b) =>
        Number(b.viewPassword) - Number(a.viewPassword) ||
        (b.lastUsed ?? "").localeCompare(a.lastUsed ?? "") ||
        collator.compare(a.name ?? "", b.name ?? ""),
    );
}

/** By which groups a collection is reached; empty when it is reached directly. */
export function viaGroups(
  { direct, groupIds }: MemberReach["collections"][number],
  groups: readonly GroupDetails[],
): string {
  return direct
    ? ""
    : groups
        .filter(({ id }) => groupIds.includes(id))
        .map(({ name }) => name)
        .join(", ");
}
