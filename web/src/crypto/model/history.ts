import type { CipherDraft, CipherView, FieldView, PasswordHistoryView } from "./view";

const kept = 5;

/** Hidden fields whose value was changed or that were removed go into the history by name. */
function lostFieldValues(before: readonly FieldView[], after: readonly FieldView[]): string[] {
  return before
    .filter(({ type, name, value }) => type === 1 && name !== "" && value !== "")
    .filter(({ name, value }) => !after.some((field) => field.name === name && field.value === value))
    .map(({ name, value }) => `${name}: ${value}`);
}

/**
 * Writes down what an edit replaces: the old password, newest first, at most five. The server cannot do it, for
 * it cannot read either of them.
 */
export function withHistory(before: CipherView, after: CipherDraft, now: Date): CipherDraft {
  const lastUsedDate = now.toISOString();
  const entries: PasswordHistoryView[] = [];
  let next = after;
  if (before.type === "login" && after.type === "login" && before.login.password !== after.login.password) {
    const { password } = before.login;
    if (password !== "") {
      entries.push({ password, lastUsedDate });
      next = { ...after, login: { ...after.login, passwordRevisionDate: lastUsedDate } };
    }
  }
  for (const password of lostFieldValues(before.fields, after.fields))
    entries.push({ password, lastUsedDate });
  return { ...next, passwordHistory: [...entries, ...before.passwordHistory].slice(0, kept) };
}
