import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCore } from "@/sync/core";
import {
  email,
  loggedIn,
  memoryStorage,
  password,
  quickKdf,
  sharedTabs,
  surroundings,
} from "@/sync/testdata/core";
import { FakeServer, refusal } from "@/sync/testdata/server";

const status = (core: { session: { getSnapshot(): { status: string } } }) =>
  core.session.getSnapshot().status;

async function registered() {
  const server = new FakeServer();
  const around = surroundings(server);
  const core = createCore(around.outside);
  await core.session.register({ email, password, kdf: quickKdf, proof: { emailVerificationToken: "t" } });
  return { server, core, ...around };
}

describe("log-in", () => {
  it("walks through its steps to unlocked", async () => {
    const { core } = await registered();
    const seen: string[] = [];
    core.session.subscribe(() => {
      const state = core.session.getSnapshot();
      seen.push(state.status === "unlocking" ? state.step : state.status);
    });
    await core.session.login({ email: " Ann@Example.TEST ", password });
    expect(seen).toEqual(["deriving", "authenticating", "decrypting", "unlocked"]);
    expect(core.session.account()?.email).toBe(email);
  });

  it("sends what official clients send, and neither password nor key", async () => {
    const { core, server } = await registered();
    await core.session.login({ email, password });
    const token = server.calls.find(({ path }) => path === "/identity/connect/token");
    expect(token?.body).toMatchObject({
      grant_type: "password",
      client_id: "web",
      scope: "api offline_access",
      username: email,
      deviceType: "9",
      deviceName: "Chrome",
    });
    expect(token?.headers.get("device-type")).toBe("9");
    expect(token?.headers.get("bitwarden-client-name")).toBe("web");
    expect(JSON.stringify(server.calls)).not.toContain(password);
  });

  it("goes back to where it was when the password is wrong", async () => {
    const { core } = await registered();
    const before = core.session.getSnapshot();
    await expect(core.session.login({ email, password: "wrong" })).rejects.toMatchObject({
      name: "IdentityError",
      kind: "wrongPassword",
      message: "Username or password is incorrect. Try again.",
    });
    expect(core.session.getSnapshot()).toBe(before);
  });

  it("refuses a server that weakens the KDF, before it sends anything", async () => {
    const { core, server } = await registered();
    server.once.set("POST /identity/accounts/prelogin/password", () =>
      Response.json({
        kdfSettings: { kdfType: 0, iterations: 100, memory: null, parallelism: null },
        salt: null,
      }),
    );
    await expect(core.session.login({ email, password })).rejects.toMatchObject({ kind: "weakKdf" });
    expect(server.calls.some(({ path }) => path === "/identity/connect/token")).toBe(false);
  });

  it("tells the server the id of its user key, and the name that was registered", async () => {
    const { core, server } = await registered();
    await core.session.register({
      email,
      password,
      kdf: quickKdf,
      name: "Ann",
      proof: { emailVerificationToken: "t" },
    });
    await core.session.login({ email, password });
    expect(server.calls.find(({ path }) => path.endsWith("user-key-id"))?.body).toMatchObject({
      userKeyId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(server.calls.find(({ path }) => path === "/api/accounts/profile")?.body).toEqual({ name: "Ann" });
  });
});

describe("lock and unlock", () => {
  it("locks, refuses a wrong password, and opens with the right one", async () => {
    const { core } = await loggedIn();
    core.session.lock();
    expect(core.session.getSnapshot()).toMatchObject({ status: "locked", reason: "user" });
    await expect(core.session.unlock("wrong")).rejects.toMatchObject({ kind: "wrongPassword" });
    expect(core.session.getSnapshot()).toMatchObject({ status: "locked", reason: "user" });
    await core.session.unlock(password);
    await core.vault.sync();
    expect(status(core)).toBe("unlocked");
    expect(core.vault.getSnapshot().status.kind).toBe("ready");
  });

  it("is locked, not logged out, after a reload, and stores no secret", async () => {
    const { server, tabStorage, browserStorage } = await loggedIn();
    const again = createCore(surroundings(server, { tabStorage, browserStorage }).outside);
    expect(again.session.getSnapshot()).toMatchObject({
      status: "locked",
      account: { email },
      reason: "reload",
    });
    await again.session.unlock(password);
    expect(status(again)).toBe("unlocked");
    const stored = JSON.stringify([...tabStorage.values, ...browserStorage.values]);
    expect(stored).not.toContain(password);
    expect(JSON.stringify([...browserStorage.values])).not.toMatch(/h\.|2\.|refresh/);
  });

  it("tells the other tabs of the same account", async () => {
    const tabs = sharedTabs();
    const { core, server, tabStorage, browserStorage } = await loggedIn({ tabs: tabs() });
    const other = createCore(surroundings(server, { tabs: tabs(), tabStorage, browserStorage }).outside);
    await other.session.unlock(password);
    core.session.lock();
    expect(other.session.getSnapshot()).toMatchObject({ status: "locked", reason: "otherTab" });
    await core.session.logout();
    expect(other.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "otherTab" });
  });
});

describe("timeout", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it("locks after the minutes without activity", async () => {
    const { core, clock } = await loggedIn();
    core.session.setVaultTimeout(5);
    clock.now += 4 * 60_000;
    core.session.noteActivity();
    clock.now += 4 * 60_000;
    vi.advanceTimersByTime(5000);
    expect(status(core)).toBe("unlocked");
    clock.now += 60_000;
    vi.advanceTimersByTime(5000);
    expect(core.session.getSnapshot()).toMatchObject({ status: "locked", reason: "timeout" });
  });

  it("is not revived by the movement that wakes a sleeping machine", async () => {
    const { core, clock } = await loggedIn();
    core.session.setVaultTimeout(5);
    clock.now += 60 * 60_000;
    core.session.noteActivity();
    expect(status(core)).toBe("locked");
  });

  it("can be never", async () => {
    const { core, clock } = await loggedIn();
    core.session.setVaultTimeout("never");
    clock.now += 1000 * 60_000;
    vi.advanceTimersByTime(5000);
    expect(status(core)).toBe("unlocked");
    expect(core.session.vaultTimeout()).toBe("never");
  });
});

describe("tokens", () => {
  it("are renewed once for calls at the same time, shortly before their end", async () => {
    const { core, server, clock } = await loggedIn();
    clock.now += 56 * 60_000;
    const before = server.calls.length;
    await Promise.all([core.api.devices.list().catch(() => []), core.api.sync.revisionDate()]);
    const renewed = server.calls.slice(before).filter(({ path }) => path === "/identity/connect/token");
    expect(renewed.map(({ body }) => body)).toMatchObject([
      { grant_type: "refresh_token", client_id: "web" },
    ]);
  });

  it("are renewed once on 401", async () => {
    const { core, server } = await loggedIn();
    server.tokens.clear();
    expect(await core.api.sync.revisionDate()).toBe(server.revision);
    expect(status(core)).toBe("unlocked");
  });

  it("end the session when the server refuses to renew them", async () => {
    const { core, server, tabStorage } = await loggedIn();
    server.tokens.clear();
    server.refreshTokens.clear();
    await expect(core.api.sync.revisionDate()).rejects.toMatchObject({ kind: "sessionExpired" });
    expect(core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "expired" });
    expect(tabStorage.getItem("kastellan.session")).toBeNull();
  });

  it("do not end the session when the server is away or busy", async () => {
    const { core, server } = await loggedIn();
    server.tokens.clear();
    server.once.set("POST /identity/connect/token", () => Promise.reject(new TypeError("fetch failed")));
    await expect(core.api.sync.revisionDate()).rejects.toMatchObject({ name: "NetworkError" });
    server.once.set("POST /identity/connect/token", () => refusal(429, "slow down"));
    await expect(core.api.sync.revisionDate()).rejects.toMatchObject({ status: 429 });
    expect(status(core)).toBe("unlocked");
  });
});

describe("changes of the account", () => {
  it("goes on after a change of password, with new tokens and the new password", async () => {
    const { core, server } = await loggedIn();
    await core.session.changePassword({ password, newPassword: "another one", hint: "a hint" });
    expect(server.calls.find(({ path }) => path === "/api/accounts/password")?.body).toMatchObject({
      masterPasswordHint: "a hint",
    });
    expect(status(core)).toBe("unlocked");
    await core.vault.sync();
    expect(core.vault.getSnapshot().status.kind).toBe("ready");
    expect(await core.session.verifyPassword(password)).toBe(false);
    expect(await core.session.verifyPassword("another one")).toBe(true);
    core.session.lock();
    await core.session.unlock("another one");
  });

  it("sends nothing when the current password is wrong", async () => {
    const { core, server } = await loggedIn();
    await expect(
      core.session.changePassword({ password: "wrong", newPassword: "another one" }),
    ).rejects.toMatchObject({ kind: "wrongPassword" });
    expect(server.calls.some(({ path }) => path === "/api/accounts/password")).toBe(false);
  });

  it("goes on after a change of address, which is the salt of the keys", async () => {
    const { core, server, browserStorage } = await loggedIn();
    await core.session.changeEmail({ password, newEmail: " Bea@Example.TEST", code: "123" });
    expect(server.calls.find(({ path }) => path === "/api/accounts/email")?.body).toMatchObject({
      newEmail: "bea@example.test",
      token: "123",
    });
    expect(core.session.account()?.email).toBe("bea@example.test");
    expect(browserStorage.getItem("kastellan.email")).toBe("bea@example.test");
    core.session.lock();
    await core.session.unlock(password);
    await core.vault.sync();
    expect(core.vault.getSnapshot().status.kind).toBe("ready");
  });

  it("logs out when new tokens are not to be had after such a change", async () => {
    const { core, server } = await loggedIn();
    server.once.set("POST /identity/connect/token", () => refusal(400, "no"));
    await core.session.changePassword({ password, newPassword: "another one" });
    expect(core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "stampChanged" });
  });

  it("logs out when the security stamp changed elsewhere", async () => {
    const { core, server } = await loggedIn();
    const user = server.users[0];
    if (user) user.stamp = "changed";
    await core.vault.sync();
    expect(core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "stampChanged" });
    expect(core.vault.getSnapshot().items).toEqual([]);
  });
});

it("works with a storage that refuses everything", async () => {
  const refusing = {
    ...memoryStorage(),
    getItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  const { core } = await loggedIn({ tabStorage: refusing, browserStorage: refusing });
  expect(status(core)).toBe("unlocked");
  expect(core.session.vaultTimeout()).toBe(15);
});
