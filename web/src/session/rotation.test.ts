import { describe, expect, it } from "vitest";
import { newDraft } from "@/crypto";
import { createCore } from "@/sync/core";
import { email, loggedIn, password, surroundings } from "@/sync/testdata/core";
import { refusal } from "@/sync/testdata/server";

const rotate = "POST /api/accounts/key-management/rotate-user-account-keys";

async function withVault() {
  const around = await loggedIn();
  const { vault, crypto } = around.core;
  const folderId = await vault.createFolder("Work");
  const kept = await vault.createItem({ ...newDraft("login"), name: "Bank", notes: "secret", folderId });
  const trashed = await vault.createItem({ ...newDraft("secureNote"), name: "Old" });
  await vault.trashItems([trashed]);
  const organization = await crypto.createOrganizationKeys("General");
  around.server.organizations = [{ id: "o", name: "Org", key: organization.key }];
  await vault.sync();
  return { ...around, kept, trashed };
}

const sent = (server: Awaited<ReturnType<typeof withVault>>["server"]) =>
  server.calls.filter(({ method, path }) => `${method} ${path}` === rotate);

describe("a new user key", () => {
  it("comes with the whole vault under it, and the session goes on", async () => {
    const { core, server, kept, trashed } = await withVault();
    const before = core.session.getSnapshot();
    const progress: number[] = [];
    await core.session.rotateUserKey({ password, onProgress: (done) => progress.push(done) });
    expect(progress.at(-1)).toBe(2);
    const after = core.session.getSnapshot();
    if (before.status !== "unlocked" || after.status !== "unlocked") throw new Error("not unlocked");
    expect(after.userKey).not.toBe(before.userKey);
    expect(after.keys.wrappedUserKey).not.toBe(before.keys.wrappedUserKey);
    expect(after.keys.publicKey).toBe(before.keys.publicKey);

    await core.vault.sync();
    const state = core.vault.getSnapshot();
    expect(state.status.kind).toBe("ready");
    expect(state.folders).toMatchObject([{ name: "Work" }]);
    expect(state.items.find(({ id }) => id === trashed)?.deletedDate).toBeTruthy();
    expect(await core.vault.openItem(kept)).toMatchObject({ name: "Bank", notes: "secret", broken: [] });
    await core.vault.createItem({ ...newDraft("login"), name: "New" });

    const again = createCore(surroundings(server).outside);
    await again.session.login({ email, password });
    await again.vault.sync();
    expect(again.vault.getSnapshot().items.every(({ broken }) => !broken)).toBe(true);
    expect(await again.vault.openItem(kept)).toMatchObject({ name: "Bank", notes: "secret", broken: [] });
    expect(JSON.stringify(server.calls)).not.toContain(password);
  });

  it("opens the vault after a lock and after a reload, too", async () => {
    const { core, server, kept, tabStorage, browserStorage } = await withVault();
    await core.session.rotateUserKey({ password });
    core.session.lock();
    await core.session.unlock(password);
    await core.vault.sync();
    expect(await core.vault.openItem(kept)).toMatchObject({ name: "Bank" });
    const reloaded = createCore(surroundings(server, { tabStorage, browserStorage }).outside);
    await reloaded.session.unlock(password);
    await reloaded.vault.sync();
    expect(await reloaded.vault.openItem(kept)).toMatchObject({ name: "Bank" });
  });

  it("is not made with a wrong password, or when something would be lost", async () => {
    const { core, server, kept } = await withVault();
    await expect(core.session.rotateUserKey({ password: "wrong" })).rejects.toMatchObject({
      kind: "wrongPassword",
    });
    server.rotationData = { emergencyAccessKeyData: [{ id: "e" }] };
    await expect(core.session.rotateUserKey({ password })).rejects.toMatchObject({ kind: "unsupported" });
    server.rotationData = {};
    server.change(kept, { notes: "2.AAAAAAAAAAAAAAAAAAAAAA==|AAAA|AAAA" as never });
    await expect(core.session.rotateUserKey({ password })).rejects.toMatchObject({ kind: "undecryptable" });
    expect(sent(server)).toEqual([]);
  });

  it("is given anew to the organizations that may recover the account, and to no others", async () => {
    const { core, server } = await withVault();
    server.organizations = server.organizations.map((each) => ({ ...each, resetPasswordEnrolled: true }));
    server.rotationData = { organizationPasswordResetKeyData: [{ organizationId: "o" }] };
    await expect(core.session.rotateUserKey({ password })).rejects.toMatchObject({ kind: "unsupported" });
    expect(sent(server)).toEqual([]);
    const state = core.session.getSnapshot();
    if (state.status !== "unlocked") throw new Error("not unlocked");
    const recovery = [{ organizationId: "o", publicKey: state.keys.publicKey }];
    await core.session.rotateUserKey({ password, recovery });
    expect(sent(server)[0]?.body).toMatchObject({
      accountUnlockData: {
        organizationAccountRecoveryUnlockData: [
          { organizationId: "o", resetPasswordKey: expect.stringMatching(/^4\./) },
        ],
      },
    });
  });

  it("stays away when the server refuses it, and the session goes on with the old one", async () => {
    const { core, server, kept } = await withVault();
    const before = core.session.getSnapshot();
    server.once.set(rotate, () => refusal(400, "Sync your vault, then try again."));
    await expect(core.session.rotateUserKey({ password })).rejects.toMatchObject({ status: 400 });
    expect(core.session.getSnapshot()).toBe(before);
    await core.vault.sync();
    expect(await core.vault.openItem(kept)).toMatchObject({ name: "Bank" });
    await core.session.rotateUserKey({ password });
    expect(sent(server)).toHaveLength(2);
  });

  it("logs out when new tokens are not to be had", async () => {
    const { core, server } = await withVault();
    server.once.set("POST /identity/connect/token", () => refusal(400, "no"));
    await core.session.rotateUserKey({ password });
    expect(core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "stampChanged" });
  });
});
