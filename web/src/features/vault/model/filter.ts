import type { CipherListItem, CipherTypeName } from "@/crypto/model/view";
import { isItemType } from "./types";

/** Which part of the vault a list shows. Its text form stands in the URL. */
export type VaultView =
  | { readonly kind: "all" | "favorites" | "archive" | "trash" | "mine" | "unassigned" | "attachments" }
  | { readonly kind: "type"; readonly type: CipherTypeName }
  | { readonly kind: "folder"; readonly id: string | null }
  | { readonly kind: "organization" | "collection"; readonly id: string };

export function parseView(text: string | undefined): VaultView {
  const [kind = "", id = ""] = (text ?? "").split(":");
  switch (kind) {
    case "favorites":
    case "archive":
    case "trash":
    case "mine":
    case "unassigned":
    case "attachments":
      return { kind };
    case "type":
      return isItemType(id) ? { kind, type: id } : { kind: "all" };
    case "folder":
      return { kind, id: id === "none" ? null : id };
    case "organization":
    case "collection":
      return { kind, id };
    default:
      return { kind: "all" };
  }
}

export function formatView(view: VaultView): string {
  switch (view.kind) {
    case "type":
      return `type:${view.type}`;
    case "folder":
      return `folder:${view.id ?? "none"}`;
    case "organization":
    case "collection":
      return `${view.kind}:${view.id}`;
    default:
      return view.kind;
  }
}

/** Trash and archive hold their items apart: no other view shows them. */
export function inView(item: CipherListItem, view: VaultView): boolean {
  if (view.kind === "trash") {
    return item.deletedDate !== null;
  }
  if (item.deletedDate !== null) {
    return false;
  }
  if (view.kind === "archive") {
    return item.archivedDate !== null;
  }
  return item.archivedDate === null && matches(item, view);
}

function matches(item: CipherListItem, view: VaultView): boolean {
  switch (view.kind) {
    case "favorites":
      return item.favorite;
    case "mine":
      return item.organizationId === null;
    case "unassigned":
      return item.organizationId !== null && item.collectionIds.length === 0;
    case "attachments":
      return item.hasAttachments;
    case "type":
      return item.type === view.type;
    case "folder":
      return item.folderId === view.id;
    case "organization":
      return item.organizationId === view.id;
    case "collection":
      return item.collectionIds.includes(view.id);
    default:
      return true;
  }
}
