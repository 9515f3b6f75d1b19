import { afterEach, describe, expect, it, vi } from "vitest";
import { newDraft } from "@/crypto";
import { FakeFiles, requestsTo } from "./testdata/attachments";
import { loggedIn } from "./testdata/core";

afterEach(() => vi.unstubAllGlobals());

const text = (content: string, name = "notes.txt") => new File([content], name);

async function withItem() {
  const started = await loggedIn();
  const files = new FakeFiles(started.server);
  vi.stubGlobal("XMLHttpRequest", requestsTo(files));
  const { vault } = started.core;
  const id = await vault.createItem({ ...newDraft("login"), name: "Router" });
  const shown = async () => (await vault.openItem(id)).attachments;
  return { ...started, files, vault, id, shown };
}

describe("files of items", () => {
  it("are announced, encrypted, sent, listed, and read again", async () => {
    const { vault, id, files, server, shown } = await withItem();
    const steps: string[] = [];
    await vault.files.add(id, text("port 22\n"), { onStep: (step) => steps.push(step) });
    expect(steps).toEqual(["encrypting", "sending"]);
    const [file] = await shown();
    expect(file).toMatchObject({ id: "file1", fileName: "notes.txt", old: false });
    expect(vault.getSnapshot().items[0]?.hasAttachments).toBe(true);
    const body = files.bodies.get("file1");
    expect(await body?.text()).not.toContain("port 22");
    expect(body?.size).toBe(file?.size);
    expect(JSON.stringify(server.calls)).not.toContain("notes.txt");
    expect(await (await vault.files.read(id, "file1")).text()).toBe("port 22\n");
  });

  it("come several at once, each with the revision that the one before made", async () => {
    const { vault, id, shown } = await withItem();
    await Promise.all(["a", "b", "c"].map((name) => vault.files.add(id, text(name, name))));
    expect((await shown()).map(({ fileName }) => fileName).sort()).toEqual(["a", "b", "c"]);
    await vault.updateItem(id, { ...newDraft("login"), name: "Switch" });
    expect((await shown()).length).toBe(3);
  });

  it("that the server refuses leave nothing behind, whether announced or sent", async () => {
    const { vault, id, files, shown } = await withItem();
    files.refuse.set("announce", "There is no room.");
    await expect(vault.files.add(id, text("x"))).rejects.toThrow("There is no room.");
    files.refuse.clear();
    files.refuse.set("send", "The file is too large.");
    await expect(vault.files.add(id, text("x"))).rejects.toThrow("The file is too large.");
    expect(files.announced.size).toBe(0);
    expect(await shown()).toEqual([]);
    files.refuse.clear();
    await vault.files.add(id, text("x"));
    expect((await shown()).length).toBe(1);
  });

  it("stop when somebody cancels, and the announcement is taken back", async () => {
    const { vault, id, files, shown } = await withItem();
    const controller = new AbortController();
    const sending = vault.files.add(id, text("x"), {
      signal: controller.signal,
      onStep: (step) => step === "sending" && queueMicrotask(() => controller.abort()),
    });
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
    expect(files.announced.size).toBe(0);
    expect(await shown()).toEqual([]);
  });

  it("get another name and go, and the item can be edited between", async () => {
    const { vault, id, files, server, shown } = await withItem();
    await vault.files.add(id, text("x"));
    await vault.files.rename(id, "file1", "renamed.txt");
    const put = server.calls.findLast(({ method }) => method === "PUT")?.body as {
      attachments2: Record<string, { fileName: never; key: never }>;
    };
    server.change(id, {
      attachments: files.list(id).map((each) => ({ ...each, ...put.attachments2[each.id] })),
    });
    await vault.sync();
    expect(await shown()).toMatchObject([{ fileName: "renamed.txt" }]);
    expect(await (await vault.files.read(id, "file1")).text()).toBe("x");
    await vault.files.remove(id, "file1");
    expect(await shown()).toEqual([]);
    expect(files.bodies.size).toBe(0);
    await expect(vault.files.read(id, "file1")).rejects.toMatchObject({ status: 404 });
  });

  it("arrive after a lock without bringing anything back", async () => {
    const { vault, id, files, core } = await withItem();
    const sending = vault.files.add(id, text("x"), {
      onStep: (step) => step === "sending" && core.session.lock(),
    });
    await sending;
    expect(files.bodies.size).toBe(1);
    expect(vault.getSnapshot().items).toEqual([]);
  });
});
