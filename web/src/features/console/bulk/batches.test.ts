import { describe, expect, it } from "vitest";
import { NetworkError } from "@/api";
import { countOf, type Outcome, piecesOf, runBatches } from "./batches";

type Run = (batch: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, string>>;

async function go(run: Run, cancel = new AbortController()) {
  const steps: number[] = [];
  const outcomes = await runBatches({
    items: ["a", "b", "c", "d", "e"],
    size: 2,
    run,
    explain: (error) => (error as Error).message,
    signal: cancel.signal,
    onProgress: (now) => steps.push(countOf(now, "waiting")),
  });
  const states = [...outcomes.values()].map((outcome: Outcome) => outcome.reason ?? outcome.state);
  return { steps, states };
}

describe("many at once", () => {
  it("go in batches, and say how far they are", async () => {
    const batches: string[] = [];
    const got = await go(async (batch) => {
      batches.push(batch.join(""));
      return new Map();
    });
    expect(batches).toEqual(["ab", "cd", "e"]);
    expect(got).toEqual({ steps: [3, 1, 0, 0], states: ["done", "done", "done", "done", "done"] });
  });

  it("tell for each why it failed", async () => {
    const got = await go(async (batch) => new Map(batch.includes("d") ? [["d", "is you"]] : []));
    expect(got.states).toEqual(["done", "done", "done", "is you", "done"]);
  });

  it("go on after a batch that was refused", async () => {
    const got = await go(async (batch) => {
      if (batch.includes("a")) throw new Error("No seats.");
      return new Map();
    });
    expect(got.states).toEqual(["No seats.", "No seats.", "done", "done", "done"]);
  });

  it("stop when the server cannot be reached", async () => {
    const got = await go(async (batch) => {
      if (batch.includes("c")) throw new NetworkError(new Error());
      return new Map();
    });
    const gone = "The server could not be reached.";
    expect(got.states).toEqual(["done", "done", gone, gone, "skipped"]);
  });

  it("stop when somebody cancels, and keep what is done", async () => {
    const cancel = new AbortController();
    const got = await go(async () => {
      cancel.abort();
      return new Map();
    }, cancel);
    expect(got.states).toEqual(["done", "done", "skipped", "skipped", "skipped"]);
  });
});

describe("pieces", () => {
  it("end where they are full, and where neighbours do not go together", () => {
    const items = ["a1", "a2", "a3", "b1", "a4"];
    const together = (one: string, next: string) => one[0] === next[0];
    expect(piecesOf({ items, size: 2, together })).toEqual([["a1", "a2"], ["a3"], ["b1"], ["a4"]]);
    expect(piecesOf({ items, size: 4 })).toEqual([["a1", "a2", "a3", "b1"], ["a4"]]);
  });
});
