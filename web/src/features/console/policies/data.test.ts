import { describe, expect, it } from "vitest";
import { kindOf } from "./catalogue";
import { outOfRange, startOf, tidied } from "./data";

describe("the data of a policy", () => {
  it("begins with what must be said, unless it was said", () => {
    expect(startOf(kindOf(9), null)).toEqual({ type: "custom", minutes: 15 });
    expect(startOf(kindOf(9), { minutes: 60 })).toEqual({ minutes: 60 });
  });

  it.each([
    ["drops what is empty", 1, { minLength: 14, requireUpper: false, minComplexity: "" }, { minLength: 14 }],
    ["keeps a zero", 16, { uriMatchDetection: 0 }, { uriMatchDetection: 0 }],
    ["drops minutes that mean nothing", 9, { type: "never", minutes: 15 }, { type: "never" }],
    [
      "drops domains unless Sends are for specific people",
      21,
      { whoCanAccess: 1, allowedDomains: "example.test", allowedSendTypes: [] },
      { whoCanAccess: 1 },
    ],
    [
      "drops what is about passwords when passphrases are wanted",
      2,
      { overridePasswordType: "passphrase", minLength: 20, useUpper: true, capitalize: true },
      { overridePasswordType: "passphrase", capitalize: true },
    ],
    ["keeps what it does not know", 15, { card: true }, { card: true }],
    ["is null when nothing is left", 8, { autoEnrollEnabled: false }, null],
  ] as const)("%s", (_, type, data, sent) => {
    expect(tidied(kindOf(type), data)).toEqual(sent);
  });

  it("is out of range by its bounds, where it means something", () => {
    expect(outOfRange(kindOf(1), { minLength: 11 })).toEqual(["minLength"]);
    expect(outOfRange(kindOf(1), { minLength: 12 })).toEqual([]);
    expect(outOfRange(kindOf(9), { type: "custom", minutes: 0.5 })).toEqual(["minutes"]);
    expect(outOfRange(kindOf(9), { type: "never", minutes: 0 })).toEqual([]);
  });
});
