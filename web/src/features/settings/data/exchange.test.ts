import { describe, expect, it } from "vitest";
import { newDraft } from "@/crypto";
import type { CipherDraft, CipherView } from "@/crypto/model/view";
import { EncryptedExport, fromExport, NotAnExport, ProtectedExportFile, toExport } from "./exchange";

function view(draft: CipherDraft, id: string): CipherView {
  return {
    ...draft,
    id,
    edit: true,
    viewPassword: true,
    canDelete: true,
    canRestore: true,
    creationDate: "2026-01-01T00:00:00Z",
    revisionDate: "2026-01-01T00:00:00Z",
    deletedDate: null,
    archivedDate: null,
    attachments: [],
    broken: [],
  };
}

const login = newDraft("login");
const full: CipherDraft = {
  ...login,
  ...(login.type === "login" && {
    login: {
      ...login.login,
      username: "anna",
      password: "invented",
      totp: "GEZDGNBV",
      uris: [{ uri: "https://example.com", match: 1 }],
    },
  }),
  name: "Example",
  notes: "two\nlines",
  folderId: "f1",
  favorite: true,
  fields: [{ type: 1, name: "PIN", value: "0000", linkedId: null }],
  passwordHistory: [{ password: "older", lastUsedDate: "2025-01-01T00:00:00Z" }],
};

describe("an export", () => {
  it("is read back as it was", () => {
    const folders = [{ id: "f1", name: "Work", revisionDate: "", broken: false }];
    const back = fromExport(toExport([view(full, "1")], folders));
    expect(back.folders).toEqual([{ id: "f1", name: "Work" }]);
    expect(back.items).toEqual([{ draft: { ...full, folderId: null }, folder: "f1", collections: [] }]);
  });

  it.each(["secureNote", "card", "identity", "sshKey", "bankAccount", "driversLicense", "passport"] as const)(
    "keeps an item of type %s",
    (type) => {
      const draft: CipherDraft = { ...newDraft(type), name: "Example" };
      expect(fromExport(toExport([view(draft, "1")], [])).items).toEqual([
        { draft, folder: null, collections: [] },
      ]);
    },
  );

  it("leaves out what belongs to an organization and what is in the trash", () => {
    const shared = { ...view(full, "1"), organizationId: "o1" };
    const trashed = { ...view(full, "2"), deletedDate: "2026-01-01T00:00:00Z" };
    expect(fromExport(toExport([shared, trashed], [])).items).toEqual([]);
  });
});

describe("a file", () => {
  it.each(["", "[]", "{}", '{"items":3}', "name,password"])("%j is refused", (content) => {
    expect(() => fromExport(content)).toThrow(NotAnExport);
  });

  it("that is encrypted is told apart", () => {
    expect(() => fromExport('{"encrypted":true,"data":"x"}')).toThrow(EncryptedExport);
  });

  it("that opens with a password is told apart, too", () => {
    expect(() => fromExport('{"encrypted":true,"passwordProtected":true,"data":"x"}')).toThrow(
      ProtectedExportFile,
    );
  });

  it("of an organization says in which collections its items are", () => {
    const file = JSON.stringify({
      collections: [{ id: "c1", name: "Network" }],
      items: [{ type: 2, name: "Note", collectionIds: ["c1"] }],
    });
    const { collections, items } = fromExport(file);
    expect(collections).toEqual([{ id: "c1", name: "Network" }]);
    expect(items[0]?.collections).toEqual(["c1"]);
  });

  it("with an unknown type keeps the rest", () => {
    const file = JSON.stringify({
      items: [
        { type: 99, name: "?" },
        { type: 2, name: "Note" },
      ],
    });
    const { items, skipped } = fromExport(file);
    expect([items.map((item) => item.draft.name), skipped]).toEqual([["Note"], 1]);
  });
});
