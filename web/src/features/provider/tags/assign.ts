import type { TagId } from "@/crypto/model/ids";

type Tagged = { readonly tags: readonly TagId[] };
/** "some" where the chosen clients differ. */
export type Held = "all" | "some" | "none";

export function heldBy(clients: readonly Tagged[], tag: TagId): Held {
  const having = clients.filter(({ tags }) => tags.includes(tag)).length;
  return having === 0 ? "none" : having === clients.length ? "all" : "some";
}

/** What somebody decided about tags; what they left alone stays as it is for each client. */
export type Wishes = ReadonlyMap<TagId, boolean>;

/** The clients whose tags change, with the tags that they have then. */
export function changesOf<Client extends Tagged>(
  clients: readonly Client[],
  wishes: Wishes,
): { client: Client; ids: TagId[] }[] {
  return clients.flatMap((client) => {
    const after = new Set(client.tags);
    for (const [tag, wanted] of wishes) {
      if (wanted) {
        after.add(tag);
      } else {
        after.delete(tag);
      }
    }
    const same = after.size === client.tags.length && client.tags.every((tag) => after.has(tag));
    return same ? [] : [{ client, ids: [...after] }];
  });
}
