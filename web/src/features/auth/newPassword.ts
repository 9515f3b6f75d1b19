/** The fields for a new master password, which the settings use, too. */
export {
  minimumLength,
  NewPasswordFields,
  type NewPasswordProblem,
  noPassword,
  problemOf,
} from "./NewPasswordFields";
export { RulesNote, useKeepsRules } from "./RulesNote";
export { type PasswordRules, rulesOf } from "./rules";
export { StrengthMeter } from "./StrengthMeter";
