import { describe, expect, it } from "vitest";
import { keepsRules } from "./keepsRules";
import type { PasswordRules } from "./rules";

const rules = (part: Partial<PasswordRules>): PasswordRules => ({
  ...{ minComplexity: 0, minLength: 0 },
  ...{ requireUpper: false, requireLower: false, requireNumbers: false, requireSpecial: false },
  ...part,
});

describe("a password at log-in", () => {
  it.each<[string, Partial<PasswordRules>, boolean]>([
    ["short", { minLength: 12 }, false],
    ["long enough it is", { minLength: 12 }, true],
    ["no digits here", { requireNumbers: true }, false],
    ["ada.example", { minComplexity: 3 }, false],
    ["violet kettle marches at nine 77", { minComplexity: 3, requireNumbers: true }, true],
  ])("%s keeps to %j: %s", async (password, part, expected) => {
    expect(await keepsRules(password, "ada.example@example.test", rules(part))).toBe(expected);
  });
});
