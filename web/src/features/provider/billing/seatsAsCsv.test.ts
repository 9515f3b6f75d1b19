import { describe, expect, it } from "vitest";
import type { T } from "@/i18n";
import { seatsAsCsv } from "./seatsAsCsv";

const t = ((key: string) => key.split(".").at(-1)) as unknown as T;
const bakery = {
  organizationId: "1b",
  organizationName: "Example Bakery",
  plan: "Enterprise (Monthly)",
  seats: 7,
  occupiedSeats: 3,
};
const linesOf = (csv: string) => csv.replace("\uFEFF", "").trimEnd().split("\r\n");

describe("seatsAsCsv", () => {
  it("has a line for each client, in the order of their names", () => {
    const atelier = { ...bakery, organizationId: "0a", organizationName: "Atelier", plan: null, seats: null };
    expect(linesOf(seatsAsCsv([bakery, atelier], t))).toEqual([
      "client,plan,assigned,used,organizationId",
      "Atelier,–,0,3,0a",
      "Example Bakery,Enterprise,7,3,1b",
    ]);
  });

  it.each([
    ['=HYPERLINK("https://example.test")', `"'=HYPERLINK(""https://example.test"")"`],
    ["+49 Example", "'+49 Example"],
    ["-1+1", "'-1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["Baker, Sons", '"Baker, Sons"'],
  ])("makes no formula and no second cell of %j", (organizationName, want) => {
    const [, line] = linesOf(seatsAsCsv([{ ...bakery, organizationName }], t));
    expect(line).toBe(`${want},Enterprise,7,3,1b`);
  });
});
