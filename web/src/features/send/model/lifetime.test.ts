import { describe, expect, it } from "vitest";
import { allowedLifetimes, endOf, firstLifetime, fromInput, parseLifetime, toInput } from "./lifetime";

const now = new Date("2026-05-01T12:00:00Z");

describe("how long a Send stays", () => {
  it.each([
    ["1", 1],
    ["720", 720],
    ["custom", "custom"],
    ["keep", "keep"],
    ["5", 168],
  ])("reads %j as %j", (text, want) => {
    expect(parseLifetime(text)).toBe(want);
  });

  it.each([
    [null, [1, 24, 48, 72, 168, 336, 720], 168],
    [72, [1, 24, 48, 72], 72],
    [30, [1, 24], 24],
    [0.5, [], "custom"],
  ] as const)("under a limit of %j hours offers %j and begins with %j", (most, offered, first) => {
    expect(allowedLifetimes(most)).toEqual(offered);
    expect(firstLifetime(most)).toBe(first);
  });

  it("writes a moment for a field, and reads it again", () => {
    const moment = new Date(2026, 4, 3, 7, 5);
    expect(toInput(moment)).toBe("2026-05-03T07:05");
    expect(fromInput("2026-05-03T07:05")).toEqual(moment);
    expect(fromInput("")).toBeNull();
    expect(fromInput("soon")).toBeNull();
  });

  it("ends after a span, on a day of one's own, or when it did", () => {
    expect(endOf(24, "", null, now)?.toISOString()).toBe("2026-05-02T12:00:00.000Z");
    expect(endOf("custom", "2026-05-03T07:05", null, now)).toEqual(new Date(2026, 4, 3, 7, 5));
    expect(endOf("custom", "", null, now)).toBeNull();
    expect(endOf("keep", "", "2026-05-04T00:00:00Z", now)?.toISOString()).toBe("2026-05-04T00:00:00.000Z");
    expect(endOf("keep", "", null, now)).toBeNull();
  });
});
