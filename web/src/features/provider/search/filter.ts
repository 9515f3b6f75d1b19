import type { MemberStatus, MemberType } from "@/api";
import type { FleetQuery } from "@/api/audit";
import { listOf } from "../filters/list";
import type { PlaceSearch } from "../place";

/** In the order in which they are listed; what needs somebody first. */
export const statuses = [1, 0, 2, -1, 3] as const satisfies readonly MemberStatus[];
export const types = [0, 1, 2, 4] as const satisfies readonly MemberType[];

export type Filter = {
  readonly text: string;
  readonly statuses: readonly MemberStatus[];
  readonly types: readonly MemberType[];
  readonly twoStep: "yes" | "no" | undefined;
  readonly clients: readonly string[];
};

/** What the address asks for; what it says wrongly it does not say. */
export function filterOf(search: PlaceSearch): Filter {
  const among = <Value extends number>(text: string | undefined, values: readonly Value[]) => {
    const asked = listOf(text).map(Number);
    return values.filter((value) => asked.includes(value));
  };
  return {
    text: search.q ?? "",
    statuses: among(search.status, statuses),
    types: among(search.role, types),
    twoStep: search.twoStep === "yes" || search.twoStep === "no" ? search.twoStep : undefined,
    clients: listOf(search.clients),
  };
}

export function queryOf({ text, statuses, types, twoStep, clients }: Filter): FleetQuery {
  return {
    search: text.trim(),
    status: statuses.join(","),
    type: types.join(","),
    twoStep: twoStep && String(twoStep === "yes"),
    client: clients.join(","),
  };
}

/** Before anything is asked for, nobody is listed: everybody would be thousands. */
export const asksForAnything = ({ text, statuses, types, twoStep, clients }: Filter) =>
  text.trim() !== "" || statuses.length + types.length + clients.length > 0 || twoStep !== undefined;
