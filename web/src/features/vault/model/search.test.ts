import { describe, expect, it } from "vitest";
import type { CipherListItem } from "@/crypto/model/view";
import { inView, parseView } from "./filter";
import { searchItems } from "./search";

function item(name: string, more: Partial<CipherListItem> = {}): CipherListItem {
  return {
    id: name,
    type: "login",
    organizationId: null,
    folderId: null,
    collectionIds: [],
    favorite: false,
    reprompt: 0,
    name,
    subtitle: "",
    uris: [],
    hasTotp: false,
    hasPassword: true,
    hasAttachments: false,
    hasPasskey: false,
    broken: false,
    edit: true,
    viewPassword: true,
    canDelete: true,
    canRestore: true,
    creationDate: "2026-01-01T00:00:00Z",
    revisionDate: "2026-01-01T00:00:00Z",
    deletedDate: null,
    archivedDate: null,
    ...more,
  };
}

const names = (items: CipherListItem[]) => items.map((found) => found.name);

describe("search", () => {
  const items = [
    item("Zeta mail", { subtitle: "anna" }),
    item("Mail Archive"),
    item("Müller GmbH", { uris: ["https://mail.example.com"] }),
    item("Printer 10"),
    item("Printer 9"),
  ];

  it.each([
    ["", ["Mail Archive", "Müller GmbH", "Printer 9", "Printer 10", "Zeta mail"]],
    ["mail", ["Mail Archive", "Zeta mail", "Müller GmbH"]],
    ["MULLER", ["Müller GmbH"]],
    ["zeta anna", ["Zeta mail"]],
    ["nothing", []],
  ])("for %j finds %j", (query, want) => {
    expect(names(searchItems(items, query))).toEqual(want);
  });

  it("takes less than 50 ms for 5,000 items", () => {
    const many = Array.from({ length: 5000 }, (_, at) =>
      item(`Item ${at}`, { subtitle: `user${at}@example.com` }),
    );
    searchItems(many, "warm");
    const start = performance.now();
    expect(searchItems(many, "user4999")).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(50);
  });
});

describe("views", () => {
  const trashed = item("a", { deletedDate: "2026-01-01T00:00:00Z", favorite: true });
  const archived = item("b", { archivedDate: "2026-01-01T00:00:00Z" });
  const shared = item("c", { organizationId: "o1", collectionIds: ["c1", "c2"] });
  const filed = item("d", { folderId: "f1", type: "card" });
  const items = [trashed, archived, shared, filed];

  it.each([
    ["all", ["c", "d"]],
    ["trash", ["a"]],
    ["archive", ["b"]],
    ["favorites", []],
    ["mine", ["d"]],
    ["type:card", ["d"]],
    ["type:nonsense", ["c", "d"]],
    ["folder:f1", ["d"]],
    ["folder:none", ["c"]],
    ["organization:o1", ["c"]],
    ["collection:c2", ["c"]],
    ["collection:c9", []],
    [undefined, ["c", "d"]],
  ])("%s holds %j", (text, want) => {
    const view = parseView(text);
    expect(names(items.filter((candidate) => inView(candidate, view)))).toEqual(want);
  });
});
