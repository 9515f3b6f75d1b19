import { describe, expect, it } from "vitest";
import { isTooLong, momentsOf, rangeOf } from "./range";

const now = new Date(2026, 4, 20, 12);

describe("the days of a log", () => {
  it("are the last 30, unless the address says others", () => {
    expect(rangeOf({}, now)).toEqual({ from: "2026-04-20", to: "2026-05-20" });
    expect(rangeOf({ from: "2026-01-02", to: "x" }, now)).toEqual({ from: "2026-01-02", to: "2026-05-20" });
    expect(rangeOf({ from: "2026-13-02" }, now).from).toBe("2026-04-20");
  });

  it("are whole ones, in whichever order they were chosen", () => {
    const right = momentsOf({ from: "2026-01-01", to: "2026-01-02" });
    expect(momentsOf({ from: "2026-01-02", to: "2026-01-01" })).toEqual(right);
    expect(Date.parse(right.end) - Date.parse(right.start)).toBe(2 * 86_400_000 - 1);
  });

  it("are at most as many as the server reads", () => {
    expect(isTooLong({ from: "2025-01-01", to: "2026-01-02" })).toBe(false);
    expect(isTooLong({ from: "2025-01-01", to: "2026-01-03" })).toBe(true);
  });
});
