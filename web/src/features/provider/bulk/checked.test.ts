import { describe, expect, it } from "vitest";
import type { CheckedRow } from "@/api/fleet";
import { type Checked, inOrder, merged, toCheck, together, verdictOf } from "./checked";
import type { Invitation } from "./invitations";

const line = (number: number, part: Partial<Invitation> = {}): Invitation => ({
  ...{ line: number, client: "Example Bakery", email: `p${number}@example.test`, type: 2 },
  ...{ groups: [], problem: null, cell: "" },
  ...part,
});
const answer = (row: number, part: Partial<CheckedRow> = {}): CheckedRow => ({
  ...{ row, clientId: "c", organizationId: "o", clientName: "Example Bakery", email: "", type: 2 },
  ...{ groupIds: [], error: null, already: null },
  ...part,
});

describe("checked lines", () => {
  it("keep their order, whichever of them were sent", () => {
    const lines = [line(2), line(3, { problem: "noAddress" }), line(4), line(5)];
    expect(toCheck(lines).rows.map(({ email }) => email)).toEqual([
      "p2@example.test",
      "p4@example.test",
      "p5@example.test",
    ]);
    const got = merged(lines, [answer(0), answer(1, { already: 2 }), answer(2, { error: "No seat." })]);
    expect(got.map((one) => [one.line, verdictOf(one), one.error])).toEqual([
      [2, "ready", null],
      [3, "wrong", null],
      [4, "already", null],
      [5, "wrong", "No seat."],
    ]);
  });
});

describe("what is sent", () => {
  const lines = [line(2), line(3), line(4, { type: 1 }), line(5), line(6, { problem: "twice" })];
  const answers = [
    answer(0),
    answer(1, { organizationId: "other" }),
    answer(2),
    answer(3, { groupIds: ["b", "a"] }),
  ];

  it("stands together by client, role and groups", () => {
    const more = merged(
      [...lines, line(7), line(8)],
      [...answers, answer(4), answer(5, { groupIds: ["a", "b"] })],
    );
    expect(inOrder(more).map((one) => one.line)).toEqual([2, 7, 3, 4, 5, 8]);
  });

  it("does not mix two of these in one request", () => {
    const [bakery, other, admin, group] = inOrder(merged(lines, answers)) as [
      Checked,
      Checked,
      Checked,
      Checked,
    ];
    expect([together(bakery, other), together(bakery, admin), together(bakery, group)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(together(bakery, { ...bakery, line: 99 })).toBe(true);
  });
});
