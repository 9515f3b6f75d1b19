import { describe, expect, it, vi } from "vitest";
import { newDraft } from "@/crypto";
import { readMessage } from "./hub";
import type { LiveMessage } from "./live";
import { loggedIn } from "./testdata/core";

const real = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Logged in, with a line by which the test is the hub. `asked` are the paths since the line stood. */
async function listening() {
  let tell: (message: LiveMessage) => void = () => undefined;
  const clock = { now: Date.parse("2026-05-01T00:00:00Z") };
  const started = await loggedIn({
    now: () => clock.now,
    openLine: async ({ onMessage }) => {
      tell = onMessage;
      return { close: () => undefined };
    },
  });
  const { core, server, browserStorage } = started;
  const own = await core.vault.createItem({ ...newDraft("login"), name: "Router" });
  const heard: number[] = [];
  core.onMessage(({ type }) => heard.push(type));
  const stop = core.live.start();
  await vi.waitFor(() => expect(core.live.getSnapshot()).toBe("live"));
  await real(50);
  clock.now += 60_000;
  const before = server.calls.length;
  const asked = () => server.calls.slice(before).map(({ method, path }) => `${method} ${path}`);
  const device = [...browserStorage.values.entries()].find(([name]) => name.includes("device"))?.[1] ?? "";
  const send = (type: number, payload: object, contextId: string | null = "another") =>
    tell({ type, contextId, payload: payload as LiveMessage["payload"] });
  const details = (id: string) => `GET /api/ciphers/${id}/details`;
  server.routes.unshift(
    ["GET /api/ciphers/*/details", (_, id) => answer(server.ciphers.get(id ?? ""))],
    ["GET /api/folders/*", (_, id) => answer(server.folders.get(id ?? ""))],
  );
  return { ...started, clock, own, send, stop, asked, device, details, heard };
}

const answer = (record: unknown) =>
  record ? Response.json(record) : Response.json({ message: "Not found." }, { status: 404 });

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });
const changed = (id: string, date: string) => ({ Id: id, UserId: "u", RevisionDate: new Date(date) });

describe("what happened elsewhere", () => {
  it("fetches the one item that changed, and takes away what is gone", async () => {
    const { core, server, own, send, stop, asked, details } = await listening();
    const record = server.change(own, { favorite: true });
    send(0, changed(own, record.revisionDate));
    await soon(() => expect(core.vault.getSnapshot().items[0]?.favorite).toBe(true));
    expect(asked()).toEqual([details(own)]);
    send(0, changed(own, record.revisionDate));
    await real(300);
    expect(asked()).toEqual([details(own)]);

    server.ciphers.delete(own);
    send(0, changed(own, "2027-01-01T00:00:00Z"));
    await soon(() => expect(core.vault.getSnapshot().items).toEqual([]));
    stop();
  });

  it("takes away what was deleted without asking", async () => {
    const { core, own, send, stop, asked } = await listening();
    send(9, { Id: own });
    await soon(() => expect(core.vault.getSnapshot().items).toEqual([]));
    expect(asked()).toEqual([]);
    stop();
  });

  it("leaves alone an item of an organization in collections that one does not have", async () => {
    const { send, stop, asked } = await listening();
    send(1, {
      ...changed("foreign", "2027-01-01T00:00:00Z"),
      OrganizationId: "o",
      CollectionIds: ["c"],
    });
    await real(300);
    expect(asked()).toEqual([]);
    stop();
  });

  it("asks for everything once when very much changed", async () => {
    const { server, send, stop, asked } = await listening();
    for (let i = 0; i < 30; i++) send(1, changed(`new${i}`, "2027-01-01T00:00:00Z"));
    send(5, { UserId: "u" });
    send(5, { UserId: "u" });
    server.revision++;
    await soon(() => expect(asked().filter((path) => path === "GET /api/sync").length).toBeGreaterThan(0));
    await real(2500);
    expect(asked().filter((path) => path.includes("details"))).toEqual([]);
    expect(asked().filter((path) => path === "GET /api/sync").length).toBeLessThanOrEqual(2);
    stop();
  });

  it("fetches folders", async () => {
    const { core, server, send, stop } = await listening();
    const id = await core.vault.createFolder("Work");
    await core.vault.forgetFolder(id);
    send(7, changed(id, "2027-01-01T00:00:00Z"));
    await soon(() => expect(core.vault.getSnapshot().folders).toMatchObject([{ name: "Work" }]));
    server.folders.delete(id);
    send(3, { Id: id });
    await soon(() => expect(core.vault.getSnapshot().folders).toEqual([]));
    stop();
  });

  it("logs out, and says why", async () => {
    const one = await listening();
    one.send(11, { UserId: "u" });
    await soon(() =>
      expect(one.core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "endedElsewhere" }),
    );
    one.stop();
    const other = await listening();
    other.send(11, { UserId: "u", Reason: 1 });
    await soon(() =>
      expect(other.core.session.getSnapshot()).toMatchObject({ status: "loggedOut", reason: "stampChanged" }),
    );
    other.stop();
  });
});

describe("what this browser did", () => {
  it("is no news to the tab that did it", async () => {
    const { core, own, send, stop, asked, device, heard } = await listening();
    await core.vault.setFavorite(own, true);
    const before = asked().length;
    const [item] = core.vault.getSnapshot().items;
    send(0, changed(own, item?.revisionDate ?? ""), device);
    send(11, { UserId: "u" }, device);
    send(5, { UserId: "u" }, device);
    await real(2500);
    expect(asked().length).toBe(before);
    expect(core.session.getSnapshot().status).toBe("unlocked");
    expect(heard).toEqual([]);
    stop();
  });

  it("does not hide what comes after it", async () => {
    const { core, server, own, send, stop, device } = await listening();
    await core.vault.setFavorite(own, true);
    const [item] = core.vault.getSnapshot().items;
    send(0, changed(own, item?.revisionDate ?? ""), device);
    const record = server.change(own, { favorite: false });
    send(0, changed(own, record.revisionDate));
    await soon(() => expect(core.vault.getSnapshot().items[0]?.favorite).toBe(false));
    stop();
  });

  it("is news to its other tabs", async () => {
    const { core, server, own, send, stop, device, heard } = await listening();
    const record = server.change(own, { favorite: true });
    send(0, changed(own, record.revisionDate), device);
    await soon(() => expect(core.vault.getSnapshot().items[0]?.favorite).toBe(true));
    expect(heard).toEqual([0]);
    stop();
  });
});

describe("messages", () => {
  it.each([
    ["with capitals", { Type: 5, ContextId: "c", Payload: { UserId: "u" } }],
    ["without", { type: 5, contextId: "c", payload: { UserId: "u" } }],
  ])("are read %s", (_, argument) => {
    expect(readMessage(argument)).toEqual({ type: 5, contextId: "c", payload: { UserId: "u" } });
  });

  it.each([null, "text", {}, { Type: "5" }])("that are none are dropped: %j", (argument) => {
    expect(readMessage(argument)).toBeNull();
  });
});
