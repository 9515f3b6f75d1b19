import type { CollectionView } from "@/crypto/model/view";
import type { ItemReach } from "@/sync";
import type { ConsoleScope } from "../scope";

/** Which items somebody gets to see here. */
export function reachOf({ rights, by }: Pick<ConsoleScope, "rights" | "by">): ItemReach {
  if (rights.can("readAllItems")) {
    return "all";
  }
  // The provider's staff has no collections of its own.
  return by.kind === "member" ? "assigned" : "none";
}

/** Whether a collection is listed by its name alone. */
export function isClosed(reach: ItemReach, collection: Pick<CollectionView, "assigned">): boolean {
  return reach === "none" || (reach === "assigned" && collection.assigned === false);
}
