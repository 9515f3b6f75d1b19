import { describe, expect, it } from "vitest";
import type { FileOptions } from "@/sync";
import { type Job, Transfers } from "./transfers";

/** A job whose end the test decides. */
function job(name: string) {
  const runs: { options: FileOptions; end: () => void; fail: (error: Error) => void }[] = [];
  const it: Job = {
    ...{ kind: "upload", itemId: "i", attachmentId: null, name, size: 10 },
    run: (options) =>
      new Promise((end, fail) => {
        runs.push({ options, end, fail });
        options.signal?.addEventListener("abort", () => fail(new DOMException("stopped", "AbortError")));
      }),
  };
  return { it, runs };
}

const settled = () => new Promise((next) => setTimeout(next));
const steps = (transfers: Transfers) => transfers.getSnapshot().map(({ name, step }) => `${name} ${step}`);

describe("transfers", () => {
  it("run two at a time, and leave the list when they are done", async () => {
    const transfers = new Transfers();
    const [a, b, c] = [job("a"), job("b"), job("c")];
    for (const { it: each } of [a, b, c]) transfers.add(each);
    expect(steps(transfers)).toEqual(["a encrypting", "b encrypting", "c waiting"]);
    a.runs[0]?.options.onStep?.("sending");
    a.runs[0]?.options.onProgress?.(5, 10);
    expect(transfers.getSnapshot()[0]).toMatchObject({ step: "sending", done: 5, total: 10 });
    a.runs[0]?.end();
    await settled();
    expect(steps(transfers)).toEqual(["b encrypting", "c encrypting"]);
    expect(transfers.running).toBe(true);
    b.runs[0]?.end();
    c.runs[0]?.end();
    await settled();
    expect(transfers.getSnapshot()).toEqual([]);
    expect(transfers.running).toBe(false);
  });

  it("that fail stay, say why, make room, and can be tried again", async () => {
    const transfers = new Transfers();
    const told: string[] = [];
    transfers.onFailed = ({ name }) => told.push(name);
    const [a, b, c] = [job("a"), job("b"), job("c")];
    for (const { it: each } of [a, b, c]) transfers.add(each);
    a.runs[0]?.fail(new Error("no room"));
    await settled();
    expect(steps(transfers)).toEqual(["a failed", "b encrypting", "c encrypting"]);
    expect(transfers.getSnapshot()[0]?.error).toMatchObject({ message: "no room" });
    expect(told).toEqual(["a"]);
    transfers.retry(transfers.getSnapshot()[0]?.key ?? 0);
    expect(steps(transfers)[0]).toBe("a waiting");
    b.runs[0]?.end();
    await settled();
    expect(steps(transfers)).toEqual(["a encrypting", "c encrypting"]);
    expect(a.runs.length).toBe(2);
  });

  it("that are cancelled stop, and nobody is told of a failure", async () => {
    const transfers = new Transfers();
    const told: string[] = [];
    transfers.onFailed = ({ name }) => told.push(name);
    const [a, b, c] = [job("a"), job("b"), job("c")];
    for (const { it: each } of [a, b, c]) transfers.add(each);
    const [first, , third] = transfers.getSnapshot().map(({ key }) => key);
    transfers.cancel(third ?? 0);
    transfers.cancel(first ?? 0);
    await settled();
    expect(steps(transfers)).toEqual(["b encrypting"]);
    expect(a.runs[0]?.options.signal?.aborted).toBe(true);
    expect(c.runs).toEqual([]);
    transfers.clear();
    await settled();
    expect(b.runs[0]?.options.signal?.aborted).toBe(true);
    expect(told).toEqual([]);
  });
});
