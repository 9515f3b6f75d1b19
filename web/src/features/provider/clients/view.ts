import type { Alert, OverviewClient } from "@/api/overview";
import type { PlaceSearch } from "../place";
import { isAlert } from "./row";

/** What the table shows, as the address says it: shareable, and nothing in it is secret. */
export type View = {
  readonly need: Alert | null;
  /** A client is shown that has any of them. */
  readonly tags: readonly string[];
  readonly plan: number | null;
  readonly sort: Sort;
};

export type Sort = { readonly id: string; readonly descending: boolean };

/** `usual` is the order of a table that nobody has sorted. */
export function viewOf(search: PlaceSearch, usual = "name"): View {
  const plan = Number(search.plan);
  return {
    need: isAlert(search.need) ? search.need : null,
    tags: (search.tags ?? "").split(",").filter((id) => id !== ""),
    plan: search.plan && Number.isInteger(plan) ? plan : null,
    sort: sortOf(search.sort ?? usual),
  };
}

/** "-seats" is by seats, descending. */
function sortOf(text: string): Sort {
  const descending = text.startsWith("-");
  return { id: descending ? text.slice(1) : text, descending };
}

/** What stays as it is anyway is left out of the address. */
export function searchOf(view: View, usual = "name"): PlaceSearch {
  const sort = `${view.sort.descending ? "-" : ""}${view.sort.id}`;
  return {
    need: view.need ?? undefined,
    tags: view.tags.join(",") || undefined,
    plan: view.plan === null ? undefined : String(view.plan),
    sort: sort === usual ? undefined : sort,
  };
}

type Filtered = Pick<OverviewClient, "name" | "tags" | "planType"> & Partial<Pick<OverviewClient, "alerts">>;

/** What is typed into the search is not in the address. */
export function inView(client: Filtered, view: View, query = ""): boolean {
  const wanted = query.trim().toLocaleLowerCase();
  return (
    (wanted === "" || client.name.toLocaleLowerCase().includes(wanted)) &&
    (view.need === null || (client.alerts ?? []).includes(view.need)) &&
    (view.tags.length === 0 || client.tags.some((tag) => view.tags.includes(tag))) &&
    (view.plan === null || client.planType === view.plan)
  );
}

export const isFiltered = ({ need, tags, plan }: View) => need !== null || tags.length > 0 || plan !== null;
