import type { Client } from "@/api";
import type { ClientId } from "@/crypto/model/ids";
import { plain, type Table } from "./table";

/** What somebody wants the seats of clients to be; absent where they stay. */
export type Wanted = ReadonlyMap<ClientId, number>;

export type SeatLine = {
  readonly line: number;
  readonly name: string;
  readonly problem: "noClient" | "unknownClient" | "ambiguous" | "noNumber" | "twice";
  readonly cell: string;
};

const clientHeading = /^(?:client|customer|organi[sz]ation|company|tenant|name|kunde|mandant|firma|id)\b/;
const seatsHeading =
  /^(?:new seats?|seats?|licen[cs]es?|plaetze|platze|lizenzen|neue platze|assigned|zugewiesen)\b/;

/** "1.200" and "1,200" are twelve hundred; seats have no fractions. */
export function seatsOf(cell: string): number | null {
  const text = cell.trim();
  const grouped = /^\d{1,3}(?:[.,' \u2019]\d{3})+$/.test(text) ? text.replaceAll(/\D/g, "") : text;
  return /^\d{1,7}$/.test(grouped) ? Number(grouped) : null;
}

const isNumber = (cell: string) => seatsOf(cell) !== null;

/** Which column names the client, and which one the seats. */
export function seatColumns({ header, rows, width }: Table): { client: number; seats: number } {
  const titles = (header ?? []).map(plain);
  const columns = Array.from({ length: width }, (_, at) => at);
  const numeric = columns.filter((at) => {
    const cells = rows.map((row) => row[at] ?? "").filter(Boolean);
    return cells.length > 0 && cells.filter(isNumber).length * 2 > cells.length;
  });
  const byTitle = titles.findIndex((title) => seatsHeading.test(title));
  const seats = byTitle >= 0 ? byTitle : (numeric.at(0) ?? -1);
  const named = titles.findIndex((title, at) => at !== seats && clientHeading.test(title));
  const client = named >= 0 ? named : columns.findIndex((at) => at !== seats && !numeric.includes(at));
  return { client, seats };
}

/** Clients by name, by the id of their link, or by that of their organization. */
export function clientIndex(clients: readonly Client[]): ReadonlyMap<string, readonly Client[]> {
  const index = new Map<string, Client[]>();
  for (const client of clients) {
    for (const key of new Set([plain(client.organizationName), client.id, client.organizationId])) {
      index.set(key, [...(index.get(key) ?? []), client]);
    }
  }
  return index;
}

export const lookUp = (index: ReadonlyMap<string, readonly Client[]>, name: string): readonly Client[] =>
  index.get(name.trim().toLowerCase()) ?? index.get(plain(name)) ?? [];

/** Reads a table of seats; lines that cannot be used are told with their reason. */
export function seatsFrom(table: Table, clients: readonly Client[]): { wanted: Wanted; lines: SeatLine[] } {
  const index = clientIndex(clients);
  const at = seatColumns(table);
  const wanted = new Map<ClientId, number>();
  const lines: SeatLine[] = [];
  const first = table.header ? 2 : 1;
  table.rows.forEach((row, number) => {
    const name = row[at.client] ?? "";
    const cell = row[at.seats] ?? "";
    const [client, other] = lookUp(index, name);
    const seats = seatsOf(cell);
    const wrong = (problem: SeatLine["problem"], what: string) =>
      lines.push({ line: first + number, name, problem, cell: what });
    if (name === "") wrong("noClient", "");
    else if (!client) wrong("unknownClient", name);
    else if (other) wrong("ambiguous", name);
    else if (seats === null) wrong("noNumber", cell);
    else if (wanted.has(client.id)) wrong("twice", name);
    else wanted.set(client.id, seats);
  });
  return { wanted, lines };
}

/** Those that would change; a client without a number of its own stays as it is. */
export function changesOf(clients: readonly Client[], wanted: Wanted): { id: ClientId; seats: number }[] {
  return clients.flatMap(({ id, seats }) => {
    const next = wanted.get(id);
    return next === undefined || next === (seats ?? 0) ? [] : [{ id, seats: next }];
  });
}
