import type { AuditQuery } from "@/api/audit";
import { momentsOf, type Range, rangeOf } from "@/features/console/events/range";
import { listOf, textOf } from "../filters/list";
import type { PlaceSearch } from "../place";

/** Families of acts, as the server knows them. */
export const categories = [
  "provider",
  "user",
  "member",
  "item",
  "collection",
  "group",
  "policy",
  "organization",
  "domain",
] as const;
export type Category = (typeof categories)[number];

export type Filter = {
  readonly range: Range;
  readonly clients: readonly string[];
  readonly acting: string | undefined;
  readonly categories: readonly Category[];
};

/** What the address says; what it says wrongly it does not say. Without days, the last 30. */
export function filterOf(search: PlaceSearch, now = new Date()): Filter {
  const asked = listOf(search.categories);
  return {
    range: rangeOf({ from: search.from, to: search.to }, now),
    clients: listOf(search.clients),
    acting: search.acting || undefined,
    categories: categories.filter((category) => asked.includes(category)),
  };
}

export function queryOf({ range, clients, acting, categories: chosen }: Filter): AuditQuery {
  return {
    ...momentsOf(range),
    clients: textOf(clients),
    acting,
    categories: textOf(chosen),
  };
}
