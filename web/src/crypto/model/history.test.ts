import { describe, expect, it } from "vitest";
import { cloneDraft, newDraft } from "./draft";
import { withHistory } from "./history";
import type { CipherView } from "./view";

const now = new Date("2026-03-01T00:00:00.000Z");
const date = now.toISOString();

function login(password: string, more: Partial<CipherView> = {}): CipherView {
  const draft = newDraft("login");
  if (draft.type !== "login") throw new Error("expected a login");
  return {
    ...draft,
    id: "i",
    name: "n",
    attachments: [],
    broken: [],
    edit: true,
    viewPassword: true,
    canDelete: true,
    canRestore: true,
    creationDate: date,
    revisionDate: date,
    deletedDate: null,
    archivedDate: null,
    login: { ...draft.login, password },
    ...more,
  } as CipherView;
}

const hidden = (name: string, value: string) => ({ type: 1, name, value, linkedId: null }) as const;
const passwords = (draft: { passwordHistory: readonly { password: string }[] }) =>
  draft.passwordHistory.map(({ password }) => password);

describe("withHistory", () => {
  it("puts the old password first and dates the change", () => {
    const before = login("second", { passwordHistory: [{ password: "first", lastUsedDate: date }] });
    const after = withHistory(before, login("third"), now);
    expect(passwords(after)).toEqual(["second", "first"]);
    expect(after.type === "login" && after.login.passwordRevisionDate).toBe(date);
  });

  it("keeps five", () => {
    const history = Array.from({ length: 5 }, (_, i) => ({ password: `${i}`, lastUsedDate: date }));
    const after = withHistory(login("now", { passwordHistory: history }), login("next"), now);
    expect(passwords(after)).toEqual(["now", "0", "1", "2", "3"]);
  });

  it("says nothing when nothing was replaced", () => {
    expect(passwords(withHistory(login("same"), login("same"), now))).toEqual([]);
    expect(passwords(withHistory(login(""), login("first"), now))).toEqual([]);
  });

  it("remembers hidden fields that changed or went, and only those", () => {
    const text = { type: 0, name: "T", value: "t", linkedId: null } as const;
    const before = login("p", { fields: [hidden("A", "1"), hidden("B", "2"), hidden("C", "3"), text] });
    const after = withHistory(before, login("p", { fields: [hidden("A", "1"), hidden("B", "9")] }), now);
    expect(passwords(after)).toEqual(["B: 2", "C: 3"]);
  });
});

describe("cloneDraft", () => {
  it("copies content without identity, rights, passkeys and history", () => {
    const history = [{ password: "old", lastUsedDate: date }];
    const copy = cloneDraft(login("p", { favorite: true, passwordHistory: history }), "n (copy)");
    expect(copy).toEqual({
      ...newDraft("login"),
      name: "n (copy)",
      login: expect.objectContaining({ password: "p", passkeys: [] }),
    });
  });
});
