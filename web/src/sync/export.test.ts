import { describe, expect, it } from "vitest";
import { newDraft } from "@/crypto/model/draft";
import { drafts } from "@/crypto/testdata/items";
import { loggedIn } from "./testdata/core";

async function filled() {
  const started = await loggedIn();
  const { vault } = started.core;
  const folderId = await vault.createFolder("Work");
  for (const draft of drafts) await vault.createItem({ ...draft, folderId });
  const trashed = await vault.createItem({ ...newDraft("secureNote"), name: "thrown away" });
  await vault.trashItems([trashed]);
  return { ...started, folderId };
}

describe("exportVault", () => {
  it("writes readable JSON of every type, without the trash", async () => {
    const { core, folderId } = await filled();
    const file = await core.exportVault({ kind: "json" });
    expect(file.name).toBe("bitwarden_export_20260501000000.json");
    const content = JSON.parse(file.content);
    expect(content).toMatchObject({ encrypted: false, folders: [{ id: folderId, name: "Work" }] });
    expect(content.items.map(({ type }: { type: number }) => type)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(content.items[0]).toMatchObject({
      name: "My login",
      folderId,
      organizationId: null,
      collectionIds: null,
      login: {
        username: "login username",
        uris: [
          { uri: "https://example.test/login", match: null },
          { uri: "https://host.example.test", match: 1 },
        ],
        fido2Credentials: [{ rpId: "example.test", counter: "0" }],
      },
      passwordHistory: [{ password: "old", lastUsedDate: "2026-01-01T00:00:00.000Z" }],
    });
    expect(content.items[0].fields[2]).toEqual({ name: "Link", value: null, type: 3, linkedId: 100 });
    expect(content.items[0]).not.toHaveProperty("key");
  });

  it("writes CSV of logins and notes, quoted", async () => {
    const { core } = await filled();
    const { content, mediaType } = await core.exportVault({ kind: "csv" });
    expect(mediaType).toBe("text/csv");
    expect(content.split("\r\n")).toEqual([
      "folder,favorite,type,name,notes,fields,reprompt,archivedDate,login_uri,login_username,login_password,login_totp",
      'Work,1,login,My login,"Two\nlines","Text: visible\nPIN: 1234\nLink: ",0,,' +
        '"https://example.test/login,https://host.example.test",login username,login password,JBSWY3DPEHPK3PXP',
      'Work,1,note,My secureNote,"Two\nlines","Text: visible\nPIN: 1234\nLink: ",0,,,,,',
    ]);
  });

  it("quotes a URI with a comma twice, once for the cell's own line", async () => {
    const { core } = await loggedIn();
    const draft = newDraft("login");
    if (draft.type !== "login") throw new Error("expected a login");
    const uris = [{ uri: "https://example.test/?a,b", match: null }];
    await core.vault.createItem({ ...draft, name: "n", login: { ...draft.login, uris } });
    const { content } = await core.exportVault({ kind: "csv" });
    expect(content).toContain(',"""https://example.test/?a,b""",');
  });

  it("writes a file that a password opens", async () => {
    const { core } = await filled();
    const file = await core.exportVault({ kind: "passwordProtected", password: "file password" });
    expect(file.content).not.toContain("My login");
    const json = await core.crypto.openExport(JSON.parse(file.content), "file password");
    expect(json).toBe((await core.exportVault({ kind: "json" })).content);
  });

  it("writes a file for this account only: the ciphertext as stored", async () => {
    const { core, server } = await filled();
    const { content } = await core.exportVault({ kind: "accountRestricted" });
    const file = JSON.parse(content);
    expect(file).toMatchObject({ encrypted: true, folders: [{ name: expect.stringMatching(/^2\./) }] });
    expect(file.encKeyValidation_DO_NOT_EDIT).toMatch(/^2\./);
    expect(file.items.length).toBe(drafts.length);
    for (const item of file.items) expect(item.name).toBe(server.ciphers.get(item.id)?.name);
    expect(content).not.toContain("My login");
  });

  it("needs an open vault", async () => {
    const { core } = await filled();
    core.session.lock();
    await expect(core.exportVault({ kind: "accountRestricted" })).rejects.toMatchObject({ kind: "locked" });
  });
});
