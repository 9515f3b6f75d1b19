import { afterEach, describe, expect, it, vi } from "vitest";
import { cryptoOver } from "@/crypto/createCrypto";
import { inProcessEndpoint } from "@/crypto/endpoint";
import type { SendDraft } from "@/crypto/model/sends";
import { requestsTo } from "./testdata/attachments";
import { loggedIn } from "./testdata/core";
import { FakeSends } from "./testdata/sends";

afterEach(() => vi.unstubAllGlobals());

const draft: SendDraft = {
  type: "text",
  name: "Door code",
  notes: "for the plumber",
  text: "4711",
  hidden: true,
  fileName: "",
  maxAccessCount: 2,
  deletionDate: "2026-05-08T00:00:00Z",
  expirationDate: null,
  protection: { kind: "link" },
  disabled: false,
  hideEmail: false,
};

async function withSends() {
  const started = await loggedIn();
  const fake = new FakeSends(started.server);
  vi.stubGlobal("XMLHttpRequest", requestsTo(fake));
  const { vault } = started.core;
  const sends = await vault.sends();
  const shown = () => vault.getSnapshot().sends;
  return { ...started, fake, vault, sends, shown };
}

describe("one's own Sends", () => {
  it("are made, listed, opened and linked, and no plaintext is sent", async () => {
    const { server, sends, shown, vault } = await withSends();
    const id = await sends.createText(draft);
    expect(shown()).toMatchObject([{ id, name: "Door code", type: "text", maxAccessCount: 2 }]);
    expect(await sends.open(id)).toMatchObject({ text: "4711", notes: "for the plumber", hidden: true });
    const sent = JSON.stringify(server.calls.map(({ body }) => body));
    const link = await sends.link(id, "https://vault.example.test");
    expect(link).toMatch(/^https:\/\/vault\.example\.test\/#\/send\/access1\/[\w-]{22}$/);
    expect(sent).not.toMatch(/Door|4711|plumber/);
    expect(sent).not.toContain(link.slice(-22));
    await vault.sync();
    expect(shown()).toMatchObject([{ id, name: "Door code" }]);
  });

  it("are read by whoever has the link", async () => {
    const { server, sends } = await withSends();
    const id = await sends.createText(draft);
    const link = await sends.link(id, "");
    const record = server.sends.get(id);
    if (!record) throw new Error("not stored");
    const received = await cryptoOver(inProcessEndpoint()).receiveSend(record, link.split("/").at(-1) ?? "");
    expect(received).toMatchObject({ name: "Door code", text: "4711" });
  });

  it("come with a sync, in the order of their names", async () => {
    const { vault, sends, shown, server } = await withSends();
    await sends.createText({ ...draft, name: "b" });
    await sends.createText({ ...draft, name: "a" });
    expect(shown().map(({ name }) => name)).toEqual(["a", "b"]);
    const [first] = shown();
    server.sends.delete("send1");
    await vault.sync();
    expect(shown().map(({ name }) => name)).toEqual(["a"]);
    expect(shown()[0]).toBe(first);
  });

  it("are changed without another link", async () => {
    const { sends, shown } = await withSends();
    const id = await sends.createText(draft);
    const link = await sends.link(id, "");
    await sends.update(id, { ...draft, text: "4712", disabled: true });
    expect(shown()).toMatchObject([{ disabled: true }]);
    expect(await sends.open(id)).toMatchObject({ text: "4712" });
    expect(await sends.link(id, "")).toBe(link);
  });

  it("get another password without ever standing open", async () => {
    const { sends, server, shown } = await withSends();
    const id = await sends.createText({ ...draft, protection: { kind: "password", password: "tulip" } });
    const before = server.calls.length;
    await sends.update(id, { ...draft, protection: { kind: "password", password: "rose" } });
    const steps = server.calls.slice(before).map(({ body }) => body);
    expect(steps).toMatchObject([
      { authType: 2, password: null, disabled: true },
      { authType: 1, password: expect.stringMatching(/=$/), disabled: false },
    ]);
    expect(shown()).toMatchObject([{ protection: { kind: "password" }, disabled: false }]);
    await sends.update(id, { ...draft, name: "New", protection: { kind: "password", password: "" } });
    expect(server.calls.at(-1)?.body).toMatchObject({ authType: 1, password: null });
    await sends.removeProtection(id);
    expect(shown()).toMatchObject([{ name: "New", protection: { kind: "link" } }]);
  });

  it("carry files", async () => {
    const { sends, fake, server, shown } = await withSends();
    const steps: string[] = [];
    const id = await sends.createFile(
      { ...draft, type: "file", fileName: "plan.pdf" },
      new Blob(["a plan"]),
      { onEncrypted: () => steps.push("encrypted"), onProgress: (done) => steps.push(`sent ${done > 0}`) },
    );
    expect(steps[0]).toBe("encrypted");
    const body = fake.bodies.get("file1");
    expect(shown()).toMatchObject([{ id, file: { name: "plan.pdf", size: body?.size } }]);
    expect(await body?.text()).not.toContain("a plan");
    expect(JSON.stringify(server.calls)).not.toContain("plan.pdf");
  });

  it("leave nothing of a file that was refused or stopped", async () => {
    const { sends, fake, server, shown } = await withSends();
    fake.refuseFiles = "The file is too large.";
    const file = { ...draft, type: "file", fileName: "plan.pdf" } as const;
    await expect(sends.createFile(file, new Blob(["x"]))).rejects.toThrow("The file is too large.");
    fake.refuseFiles = null;
    const controller = new AbortController();
    const stopped = sends.createFile(file, new Blob(["x"]), {
      signal: controller.signal,
      onEncrypted: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(server.sends.size).toBe(0);
    expect(shown()).toEqual([]);
  });

  it("follow what happens elsewhere", async () => {
    const { vault, sends, server, shown } = await withSends();
    const id = await sends.createText(draft);
    const record = server.sends.get(id);
    if (record) server.sends.set(id, { ...record, accessCount: 1 });
    await vault.refreshSend(id);
    expect(shown()).toMatchObject([{ accessCount: 1 }]);
    server.sends.delete(id);
    await vault.refreshSend(id);
    expect(shown()).toEqual([]);
    const other = await sends.createText(draft);
    await vault.removeSend(other);
    expect(shown()).toEqual([]);
  });

  it("are deleted, also when their time had come", async () => {
    const { sends, server, shown } = await withSends();
    const id = await sends.createText(draft);
    server.sends.delete(id);
    await sends.remove(id);
    expect(shown()).toEqual([]);
  });

  it("are forgotten with the lock", async () => {
    const { core, sends, shown } = await withSends();
    const id = await sends.createText(draft);
    core.session.lock("user");
    expect(shown()).toEqual([]);
    await expect(sends.open(id)).rejects.toMatchObject({ kind: "locked" });
    sends.forget(id);
    expect(shown()).toEqual([]);
  });
});
