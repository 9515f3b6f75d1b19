import { describe, expect, it } from "vitest";
import { expiryOf, standingOf } from "./model";

const now = new Date("2027-03-10T12:00:00Z");

describe("how long a key is good", () => {
  it.each([
    [30, "2027-04-09T12:00:00.000Z"],
    [365, "2028-03-09T12:00:00.000Z"],
    [null, null],
  ] as const)("%s days: until %s", (span, want) => {
    expect(expiryOf(span, now)).toBe(want);
  });
});

describe("the standing of a key", () => {
  it.each([
    [null, "good"],
    ["2027-03-25T12:00:00Z", "good"],
    ["2027-03-24T12:00:00Z", "ending"],
    ["2027-03-10T12:00:00Z", "ended"],
    ["2026-01-01T00:00:00Z", "ended"],
  ] as const)("that ends at %s is %s", (expirationDate, want) => {
    expect(standingOf({ expirationDate }, now)).toBe(want);
  });
});
