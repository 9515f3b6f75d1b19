import { type BatchInput, type Outcome, runBatches } from "./batches";

export type RunState<Item> = {
  readonly phase: "ready" | "running" | "done";
  readonly outcomes: ReadonlyMap<Item, Outcome>;
};

/** A common act on many that goes on while other screens are shown. */
export type Run<Item> = {
  getSnapshot(): RunState<Item>;
  subscribe(changed: () => void): () => void;
  start(input: Omit<BatchInput<Item>, "signal" | "onProgress">): Promise<ReadonlyMap<Item, Outcome>>;
  /** What is not begun is left; what is under way is finished. */
  cancel(): void;
  /** Forgets the results. */
  clear(): void;
};

export function createRun<Item>(): Run<Item> {
  const ready: RunState<Item> = { phase: "ready", outcomes: new Map() };
  const listeners = new Set<() => void>();
  let state = ready;
  let abort = new AbortController();

  function set(next: RunState<Item>) {
    state = next;
    for (const listener of listeners) listener();
  }

  return {
    getSnapshot: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async start(input) {
      const mine = new AbortController();
      abort = mine;
      // Whatever was forgotten in between tells nothing any more.
      const tell = (next: RunState<Item>) => mine === abort && set(next);
      tell({ phase: "running", outcomes: new Map(input.items.map((item) => [item, { state: "waiting" }])) });
      const outcomes = await runBatches({
        ...input,
        signal: mine.signal,
        onProgress: (now) => tell({ phase: "running", outcomes: now }),
      });
      tell({ phase: "done", outcomes });
      return outcomes;
    },
    cancel: () => abort.abort(),
    clear() {
      abort.abort();
      abort = new AbortController();
      set(ready);
    },
  };
}
