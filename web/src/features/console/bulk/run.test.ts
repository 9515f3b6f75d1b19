import { describe, expect, it } from "vitest";
import { createRun } from "./run";

const explain = (error: unknown) => (error as Error).message;

describe("a run", () => {
  it("tells whoever listens how far it is, and keeps its results", async () => {
    const run = createRun<string>();
    const phases: string[] = [];
    run.subscribe(() => phases.push(run.getSnapshot().phase));
    await run.start({ items: ["a", "b"], size: 1, explain, run: async () => new Map([["b", "no"]]) });
    expect(phases).toEqual(["running", "running", "running", "running", "done"]);
    expect([...run.getSnapshot().outcomes]).toEqual([
      ["a", { state: "done" }],
      ["b", { state: "failed", reason: "no" }],
    ]);
  });

  it("leaves what is not begun when it is cancelled", async () => {
    const run = createRun<string>();
    await run.start({
      items: ["a", "b"],
      size: 1,
      explain,
      run: async () => {
        run.cancel();
        return new Map();
      },
    });
    expect([...run.getSnapshot().outcomes.values()].map(({ state }) => state)).toEqual(["done", "skipped"]);
  });

  it("says nothing any more once it is forgotten", async () => {
    const run = createRun<string>();
    await run.start({
      items: ["a", "b"],
      size: 1,
      explain,
      run: async () => {
        run.clear();
        return new Map();
      },
    });
    expect(run.getSnapshot()).toEqual({ phase: "ready", outcomes: new Map() });
  });
});
