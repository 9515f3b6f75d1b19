import { describe, expect, it } from "vitest";
import { mostWithoutAdding, type PlanSeats, refusalOf, seatChange, seatsOf } from "./seats";

const plan = (seatMinimum: number, assigned: number): PlanSeats => ({
  type: 17,
  seatMinimum,
  assigned,
  purchased: Math.max(0, assigned - seatMinimum),
});

describe("seatChange", () => {
  it.each([
    ["within the contracted seats", plan(100, 60), 10, 30, { unassigned: 20, additional: 0, released: 0 }],
    ["exactly up to them", plan(100, 60), 10, 50, { unassigned: 0, additional: 0, released: 0 }],
    ["beyond them", plan(100, 60), 10, 55, { unassigned: 0, additional: 5, released: 0 }],
    ["more of what is beyond already", plan(100, 120), 10, 13, { unassigned: 0, additional: 3, released: 0 }],
    ["less, still beyond", plan(100, 120), 30, 20, { unassigned: 0, additional: 0, released: 10 }],
    ["less, back within", plan(100, 120), 40, 10, { unassigned: 10, additional: 0, released: 20 }],
    ["less within", plan(100, 60), 30, 10, { unassigned: 60, additional: 0, released: 0 }],
    ["a new client", plan(100, 60), 0, 25, { unassigned: 15, additional: 0, released: 0 }],
    ["a new client beyond", plan(100, 60), 0, 45, { unassigned: 0, additional: 5, released: 0 }],
    ["a new client, beyond already", plan(100, 120), 0, 4, { unassigned: 0, additional: 4, released: 0 }],
    ["nothing contracted", plan(0, 0), 0, 7, { unassigned: 0, additional: 7, released: 0 }],
    ["no change", plan(100, 100), 10, 10, { unassigned: 0, additional: 0, released: 0 }],
  ])("%s", (_, seats, before, after, want) => {
    expect(seatChange(seats, before, after)).toEqual(want);
  });
});

describe("refusalOf", () => {
  const wish = { before: 10, occupied: 6, plan: plan(100, 95) };
  it.each([
    [{ ...wish, after: Number.NaN, admin: true }, "noNumber"],
    [{ ...wish, after: 0, occupied: 0, admin: true }, "noNumber"],
    [{ ...wish, after: 7.5, admin: true }, "noNumber"],
    [{ ...wish, after: 5, admin: true }, "belowUsed"],
    [{ ...wish, after: 6, admin: false }, null],
    [{ ...wish, after: 15, admin: false }, null],
    [{ ...wish, after: 16, admin: false }, "mayNotAdd"],
    [{ ...wish, after: 16, admin: true }, null],
    [{ ...wish, after: 9, admin: false, plan: plan(50, 80) }, null],
    [{ ...wish, after: 11, admin: false, plan: plan(50, 80) }, "mayNotAdd"],
    [{ ...wish, after: 400, admin: false, plan: undefined }, null],
  ])("%o is %s", (given, want) => {
    expect(refusalOf(given)).toBe(want);
  });
});

describe("mostWithoutAdding", () => {
  it.each([
    [plan(100, 95), 10, 15],
    [plan(100, 100), 10, 10],
    [plan(50, 80), 10, 10],
    [plan(0, 0), 0, 0],
  ])("%o from %i is %i", (seats, before, want) => {
    const most = mostWithoutAdding(seats, before);
    expect(most).toBe(want);
    if (most > 0) {
      const wish = { before, occupied: 0, admin: false, plan: seats };
      expect(refusalOf({ ...wish, after: most })).toBeNull();
      expect(refusalOf({ ...wish, after: most + 1 })).toBe("mayNotAdd");
    }
  });
});

describe("seatsOf", () => {
  it.each([
    ["7", 7],
    [" 12 ", 12],
    ["", Number.NaN],
    ["-3", Number.NaN],
    ["1e3", Number.NaN],
    ["2.5", Number.NaN],
  ])("reads %o as %d", (text, want) => {
    expect(seatsOf(text)).toBe(want);
  });
});
