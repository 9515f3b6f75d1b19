import type { NamedCollection } from "../data";
import { roles } from "../rights";
import type { ConsoleScope } from "../scope";

type Subject = Pick<NamedCollection, "manage" | "unmanaged">;
type Who = Pick<ConsoleScope, "rights" | "summary">;

function isAdmin({ rights }: Who): boolean {
  const { standing } = rights;
  return standing.by === "provider" || standing.role === roles.owner || standing.role === roles.admin;
}

/** Name and access: by role, by managing it, and to repair one that nobody manages. */
export function mayEdit(who: Who, collection: Subject): boolean {
  return (
    who.rights.can("manageCollections") ||
    collection.manage === true ||
    (collection.unmanaged === true && isAdmin(who))
  );
}

export function mayGiveToPeople(who: Who, collection: Subject): boolean {
  return who.rights.can("giveToMembers") || mayEdit(who, collection);
}

export function mayGiveToGroups(who: Who, collection: Subject): boolean {
  return who.rights.can("giveToGroups") || mayEdit(who, collection);
}

export function mayDelete(who: Who, collection: Subject): boolean {
  const open = who.summary.limitCollectionDeletion !== true || isAdmin(who);
  return who.rights.can("deleteCollections") || (collection.manage === true && open);
}
