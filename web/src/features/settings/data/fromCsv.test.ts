import { describe, expect, it } from "vitest";
import { newDraft, organizationCsv } from "@/crypto";
import type { CipherView } from "@/crypto/model/view";
import { NotAnExport } from "./exchange";
import { fromCsv, parseCsv } from "./fromCsv";

const login = newDraft("login");
const view = {
  ...login,
  ...(login.type === "login" && {
    login: {
      ...login.login,
      username: "anna",
      password: 'in"vented,',
      uris: ["https://a.example", "https://b.example/?x=1,2"].map((uri) => ({ uri, match: null })),
    },
  }),
  name: "Router, first floor",
  notes: "two\nlines",
  collectionIds: ["c1", "c2"],
  fields: [{ type: 0, name: "Port", value: "8080", linkedId: null }],
  ...{ id: "1", edit: true, viewPassword: true, canDelete: true, canRestore: true, broken: [] },
  ...{ creationDate: "", revisionDate: "", deletedDate: null, archivedDate: null, attachments: [] },
} as CipherView;

describe("a table", () => {
  it("is read by the rules of quoting", () => {
    expect(parseCsv('\uFEFFa,b\r\n"x ""y"", z","two\nlines"\r\n\r\n,last')).toEqual([
      ["a", "b"],
      ['x "y", z', "two\nlines"],
      ["", "last"],
    ]);
  });

  it("of an organization is read back as it was written", () => {
    const collections = [
      { id: "c1", name: "Network" },
      { id: "c2", name: "Network/Routers" },
    ];
    const { items, collections: found, folders } = fromCsv(organizationCsv([view], collections));
    expect(folders).toEqual([]);
    expect(found.map(({ name }) => name)).toEqual(["Network", "Network/Routers"]);
    expect(items).toHaveLength(1);
    expect(items[0]?.collections).toEqual(["Network", "Network/Routers"]);
    const { name, notes, fields } = view;
    expect(items[0]?.draft).toMatchObject({ type: "login", name, notes, fields });
    expect(items[0]?.draft).toMatchObject({ login: view.type === "login" ? view.login : {} });
  });

  it.each(["", "name,password\nx,y", "<html>"])("%j is refused", (content) => {
    expect(() => fromCsv(content)).toThrow(NotAnExport);
  });
});
