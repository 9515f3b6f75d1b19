import { describe, expect, it } from "vitest";
import { parseCsv } from "@/features/settings/parts";
import type { T } from "@/i18n";
import { clientsCsv } from "../clients/exportClients";
import { exportColumns } from "./exportOverview";
import { overviewClient } from "./testdata";

const t = ((key: string) => key) as unknown as T;

describe("the file of clients", () => {
  it("holds no formula, whatever a client or a tag is called", () => {
    const names = new Map([["tag", "+1+cmd|' /C calc'!A0"]]);
    const csv = clientsCsv(exportColumns(t, names), [
      overviewClient({
        name: '=HYPERLINK("http://example.test","x")',
        tags: ["tag"],
        lastAccessBy: "@SUM(A1)",
      }),
      overviewClient({ name: "-2+3", plan: "\t=1" }),
    ]);
    const cells = csv
      .replace("\uFEFF", "")
      .split(/\r\n/)
      .slice(1)
      .flatMap((line) => parseCsv(`${line}\n`).flat());
    expect(cells.length).toBeGreaterThan(30);
    expect(cells.filter((cell) => /^\s*[=+\-@\t]/.test(cell))).toEqual([]);
    expect(cells).toContain(`'=HYPERLINK("http://example.test","x")`);
  });

  it("gives numbers as numbers", () => {
    const csv = clientsCsv(exportColumns(t, new Map()), [
      overviewClient({ name: "Example Bakery", seats: 10, occupied: 12, twoStep: 1 }),
    ]);
    expect(csv.split("\r\n")[1]).toBe("Example Bakery,overview.fine,Teams,10,12,0,4,0,0,0,25,,,,,,");
  });
});
