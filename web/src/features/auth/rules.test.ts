import { describe, expect, it } from "vitest";
import { checkRules, rulesOf } from "./rules";

const policy = (data: Record<string, unknown>, enabled = true, type = 1) => ({ type, enabled, data });

describe("rules for master passwords", () => {
  it("are the strictest of all organizations", () => {
    const rules = rulesOf([
      policy({ minLength: 14, requireUpper: true }),
      policy({ minLength: 20, minComplexity: 3, requireUpper: false }),
      policy({ minLength: 100 }, false),
      policy({ minLength: 99 }, true, 2),
    ]);
    expect(rules).toEqual({
      minComplexity: 3,
      minLength: 20,
      requireUpper: true,
      requireLower: false,
      requireNumbers: false,
      requireSpecial: false,
    });
  });

  it("are absent when nobody asks", () => {
    expect(rulesOf([policy({ minLength: 14 }, false)])).toBeNull();
  });

  it.each([
    ["Correct horse 7!", 4, []],
    ["correct horse", 4, ["length", "upper", "numbers", "special"]],
    ["CORRECT HORSE 7!", 4, ["lower"]],
    ["Correct horse 7!", 2, ["complexity"]],
    ["Correct horse 7!", null, ["complexity"]],
  ])("%j with strength %s lacks %j", (password, score, lacking) => {
    const rules = {
      ...{ minComplexity: 3, minLength: 14 },
      ...{ requireUpper: true, requireLower: true, requireNumbers: true, requireSpecial: true },
    };
    const unmet = checkRules(password, score, rules).filter(({ met }) => !met);
    expect(unmet.map(({ rule }) => rule)).toEqual(lacking);
  });
});
