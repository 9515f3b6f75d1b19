import { describe, expect, it } from "vitest";
import { newDraft } from "@/crypto";
import type { CipherView } from "@/crypto/model/view";
import { type ItemPart, partsOf, textOf, usualParts } from "./fromItem";

function login(part: Partial<CipherView> = {}): CipherView {
  const draft = newDraft("login");
  if (draft.type !== "login") throw new Error("expected a login");
  const content = { username: "ann", password: "tulip", uris: [{ uri: "https://a.test", match: null }] };
  return {
    ...draft,
    name: "Router",
    login: { ...draft.login, ...content },
    notes: "port 22\nrack 3",
    fields: [
      { type: 0, name: "Room", value: "12", linkedId: null },
      { type: 1, name: "PIN", value: "0000", linkedId: null },
      { type: 2, name: "On", value: "true", linkedId: null },
      { type: 3, name: "Same", value: "", linkedId: 100 },
    ],
    viewPassword: true,
    ...part,
  } as CipherView;
}

const name = ({ id, label }: ItemPart) => ("text" in label ? label.text : id);
const ids = (item: CipherView) => partsOf(item).map(({ id }) => id);

describe("a Send out of an item", () => {
  it("offers what is filled in", () => {
    expect(ids(login())).toEqual(["username", "password", "uri", "field-0", "field-1", "notes"]);
    expect([...usualParts(partsOf(login()))]).toEqual(["username", "password"]);
  });

  it("offers nothing that the collection hides", () => {
    expect(ids(login({ viewPassword: false }))).toEqual(["username", "uri", "field-0", "notes"]);
  });

  it("offers the fields of a card, and not its covered ones without the right", () => {
    const draft = newDraft("card");
    if (draft.type !== "card") throw new Error("expected a card");
    const card = { ...draft.card, cardholderName: "Ann", number: "4111", code: "123" };
    const item = { ...draft, card, viewPassword: true } as CipherView;
    expect(ids(item)).toEqual(["cardholderName", "number", "code"]);
    expect(ids({ ...item, viewPassword: false })).toEqual(["cardholderName"]);
  });

  it("takes a note for what it says", () => {
    const item = { ...newDraft("secureNote"), notes: "n", viewPassword: true } as CipherView;
    expect([...usualParts(partsOf(item))]).toEqual(["notes"]);
  });

  it("names several values, and leaves a single one bare", () => {
    const parts = partsOf(login());
    expect(textOf(parts, usualParts(parts), name)).toBe("username: ann\npassword: tulip");
    expect(textOf(parts, new Set(["password"]), name)).toBe("tulip");
    expect(textOf(parts, new Set(["field-0", "notes"]), name)).toBe("Room: 12\nnotes:\nport 22\nrack 3");
    expect(textOf(parts, new Set(), name)).toBe("");
  });
});
