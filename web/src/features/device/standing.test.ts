import { describe, expect, it } from "vitest";
import { lifetime, newAccessCode, standingOf } from "./standing";

const creationDate = "2026-05-01T00:00:00Z";
const asked = Date.parse(creationDate);
const open = { creationDate, responseDate: null, requestApproved: null };
const answered = { ...open, responseDate: creationDate };

describe("a request", () => {
  it.each([
    ["waits", open, asked, "waiting"],
    ["waits to the end", open, asked + lifetime - 1, "waiting"],
    ["expires", open, asked + lifetime, "expired"],
    ["is approved", { ...answered, requestApproved: true }, asked, "approved"],
    ["is denied", { ...answered, requestApproved: false }, asked, "denied"],
    ["keeps its answer", { ...answered, requestApproved: true }, asked + lifetime, "approved"],
  ] as const)("%s", (_, request, now, standing) => {
    expect(standingOf(request, now)).toBe(standing);
  });
});

it("has a code of 25 letters and digits, another one each time", () => {
  const codes = Array.from({ length: 200 }, newAccessCode);
  expect(codes.filter((code) => !/^[A-Za-z0-9]{25}$/.test(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(codes.join("")).size).toBe(62);
});
