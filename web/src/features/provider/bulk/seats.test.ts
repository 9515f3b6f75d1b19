import { describe, expect, it } from "vitest";
import type { Client } from "@/api";
import { changesOf, seatsFrom, seatsOf } from "./seats";
import { readTable } from "./table";

const client = (id: string, organizationName: string, seats: number) =>
  ({ id, organizationId: `org-${id}`, organizationName, seats }) as Client;
const clients = [client("c1", "Example Bakery", 7), client("c2", "Bäckerei Müller GmbH", 3)];
const read = (text: string) =>
  seatsFrom(
    readTable(text, (cell) => seatsOf(cell) !== null),
    clients,
  );

describe("numbers of seats", () => {
  it.each([
    ["12", 12],
    [" 0 ", 0],
    ["1.200", 1200],
    ["1,200", 1200],
    ["1 200", 1200],
    ["12.5", null],
    ["-3", null],
    ["many", null],
    ["", null],
  ])("%s is %s", (cell, want) => {
    expect(seatsOf(cell)).toBe(want);
  });
});

describe("tables of seats", () => {
  it.each([
    ["headings", "Client,Used,Seats\nExample Bakery,5,9\nBäckerei Müller GmbH,2,4"],
    ["headings of their own", "Firma;Plätze\nexample bakery;9\nBACKEREI MULLER GMBH;4"],
    ["no headings", "Example Bakery\t9\nBäckerei Müller GmbH\t4"],
    ["ids", "id,seats\nc1,9\norg-c2,4"],
  ])("are read with %s", (_, text) => {
    const { wanted, lines } = read(text);
    expect([...wanted]).toEqual([
      ["c1", 9],
      ["c2", 4],
    ]);
    expect(lines).toEqual([]);
  });

  it("say what is wrong with a line, and keep the others", () => {
    const { wanted, lines } = read(
      "Client,Seats\nExample Bakery,9\nNobody,4\n,3\nBäckerei Müller GmbH,some\nExample Bakery,8",
    );
    expect([...wanted]).toEqual([["c1", 9]]);
    expect(lines.map(({ line, problem, cell }) => [line, problem, cell])).toEqual([
      [3, "unknownClient", "Nobody"],
      [4, "noClient", ""],
      [5, "noNumber", "some"],
      [6, "twice", "Example Bakery"],
    ]);
  });

  it("do not choose between clients of the same name", () => {
    const twins = [client("c1", "Example Bakery", 7), client("c2", "example  bakery", 3)];
    const { lines } = seatsFrom(
      readTable("Example Bakery,9", (cell) => seatsOf(cell) !== null),
      twins,
    );
    expect(lines.map(({ problem }) => problem)).toEqual(["ambiguous"]);
  });
});

describe("changes of seats", () => {
  it("are those that change something", () => {
    const wanted = new Map([
      ["c1", 7],
      ["c2", 5],
    ]);
    expect(changesOf(clients, wanted)).toEqual([{ id: "c2", seats: 5 }]);
  });
});
