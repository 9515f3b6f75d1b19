// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loggedIn } from "./testdata/core";

/** Waits for what is bound to happen, however busy the machine is. */
const soon = (check: () => void) => vi.waitFor(check, 30_000);

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** Logged in, synced, and polling; `paths` are the requests since then. */
async function polling() {
  const started = await loggedIn();
  const before = started.server.calls.length;
  const stop = started.core.vault.startPolling();
  const paths = () => started.server.calls.slice(before).map(({ path }) => path);
  return { ...started, stop, paths };
}

const revision = "/api/accounts/revision-date";

it("syncs when the revision is another one, and only then", async () => {
  const { server, paths, stop, core } = await polling();
  vi.advanceTimersByTime(30_000);
  await soon(() => expect(paths()).toEqual([revision]));
  const at = core.vault.getSnapshot();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(core.vault.getSnapshot()).toBe(at);

  server.revision++;
  vi.advanceTimersByTime(30_000);
  await soon(() => expect(paths()).toEqual([revision, revision, revision, "/api/sync"]));
  await soon(() => expect(core.vault.getSnapshot()).not.toBe(at));
  stop();
});

it("asks nothing while the vault is locked", async () => {
  const { paths, stop, core } = await polling();
  core.session.lock();
  vi.advanceTimersByTime(90_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(paths()).toEqual([]);
  stop();
});

it("logs out when the account is gone", async () => {
  const { server, stop, core } = await polling();
  server.revision = -1;
  vi.advanceTimersByTime(30_000);
  await soon(() =>
    expect(core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "accountDeleted" }),
  );
  stop();
});
