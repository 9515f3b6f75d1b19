import { describe, expect, it } from "vitest";
import type { KeyRotation } from "@/api/accounts";
import { newDraft } from "@/crypto";
import type { SendDraft } from "@/crypto/model/sends";
import { createCore } from "@/sync/core";
import { email, loggedIn, password, surroundings } from "@/sync/testdata/core";
import { refusal } from "@/sync/testdata/server";
import { withOldFiles } from "./rotation";

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

const wifi: SendDraft = {
  ...{ type: "text", name: "Wi-Fi", notes: "", text: "guest pass", hidden: false, fileName: "" },
  ...{ maxAccessCount: null, deletionDate: "2026-05-08T00:00:00Z", expirationDate: null },
  ...{ protection: { kind: "link" }, disabled: false, hideEmail: false },
};

function unlocked(core: Awaited<ReturnType<typeof withVault>>["core"]) {
  const state = core.session.getSnapshot();
  if (state.status !== "unlocked") throw new Error("not unlocked");
  return state;
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

  it("brings Sends and files along", async () => {
    const { core, server, kept } = await withVault();
    const { userKey } = unlocked(core);
    const record = server.ciphers.get(kept);
    if (!record) throw new Error("no item");
    const made = await core.crypto.createAttachment(record, userKey, "plan.txt");
    const body = await core.crypto.sealAttachment(record, userKey, made.key, new Blob(["plan"]));
    server.change(kept, { attachments: [{ id: "f", size: String(body.size), ...made }] });
    const sealed = await core.crypto.sealSend(wifi, userKey);
    const shared = {
      ...sealed,
      file: null,
      id: "s",
      accessId: "a",
      accessCount: 0,
      revisionDate: server.date(),
    };
    server.sends.set("s", shared);
    const link = await core.crypto.sendLink(shared, userKey);

    await core.session.rotateUserKey({ password });
    const request = sent(server)[0]?.body as KeyRotation;
    const moved = request.accountData.ciphers.find(({ id }) => id === kept)?.attachments2?.f;
    const send = request.accountData.sends[0];
    if (!moved?.key || !send) throw new Error("something was left behind");
    const after = { id: "f", size: "1", key: moved.key, fileName: moved.fileName };
    const now = unlocked(core).userKey;
    const stored = server.ciphers.get(kept);
    if (!stored) throw new Error("no item");
    expect(await (await core.crypto.openAttachment(stored, now, after, body)).text()).toBe("plan");
    expect(await core.crypto.sendLink({ ...shared, key: send.key }, now)).toBe(link);
  });

  it("is not made while a file has the old encryption", async () => {
    const { core, server, kept } = await withVault();
    const record = server.ciphers.get(kept);
    if (!record?.name) throw new Error("no item");
    const old = server.change(kept, { attachments: [{ id: "f", size: "65", fileName: record.name }] });
    expect(withOldFiles([...server.ciphers.values()])).toEqual([old]);
    await expect(core.session.rotateUserKey({ password })).rejects.toMatchObject({ kind: "unsupported" });
    expect(sent(server)).toEqual([]);
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
