import { checkRules, type PasswordRules } from "./rules";

/** Whether a password keeps to rules. The dictionaries are only fetched when they matter. */
export async function keepsRules(password: string, email: string, rules: PasswordRules): Promise<boolean> {
  const score = rules.minComplexity > 0 ? (await import("./strength")).estimate(password, [email]) : null;
  return checkRules(password, score, rules).every(({ met }) => met);
}
