import type { PasswordRules, Policy } from "@/api";

export type { PasswordRules } from "@/api";

const masterPasswordPolicy = 1;
const number = (value: unknown) => (typeof value === "number" ? value : 0);

/** The strictest of every rule; null when nobody asks for anything. */
export function rulesOf(
  policies: readonly Pick<Policy, "type" | "enabled" | "data">[],
): PasswordRules | null {
  const asked = policies.filter(({ type, enabled }) => type === masterPasswordPolicy && enabled);
  if (asked.length === 0) {
    return null;
  }
  const most = (name: string) => Math.max(...asked.map(({ data }) => number(data?.[name])));
  const some = (name: string) => asked.some(({ data }) => data?.[name] === true);
  return {
    minComplexity: most("minComplexity"),
    minLength: most("minLength"),
    requireUpper: some("requireUpper"),
    requireLower: some("requireLower"),
    requireNumbers: some("requireNumbers"),
    requireSpecial: some("requireSpecial"),
  };
}

export type Rule = "complexity" | "length" | "upper" | "lower" | "numbers" | "special";

/** The rules that apply, and whether a password keeps to each. The score is null until it is known. */
export function checkRules(
  password: string,
  score: number | null,
  rules: PasswordRules,
): { readonly rule: Rule; readonly met: boolean }[] {
  const all: [Rule, boolean, boolean][] = [
    ["length", rules.minLength > 0, [...password].length >= rules.minLength],
    ["upper", rules.requireUpper, /\p{Lu}/u.test(password)],
    ["lower", rules.requireLower, /\p{Ll}/u.test(password)],
    ["numbers", rules.requireNumbers, /\d/.test(password)],
    ["special", rules.requireSpecial, /[!@#$%^&*]/.test(password)],
    ["complexity", rules.minComplexity > 0, score !== null && score >= rules.minComplexity],
  ];
  return all.filter(([, asked]) => asked).map(([rule, , met]) => ({ rule, met }));
}
