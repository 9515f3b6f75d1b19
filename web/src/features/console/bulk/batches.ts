import { NetworkError } from "@/api";

/** How it went for one of many. */
export type Outcome = {
  readonly state: "waiting" | "done" | "failed" | "skipped";
  /** Why it failed, in words. */
  readonly reason?: string;
};

/** Pieces of at most this size; neighbours that do not go together are in different ones. */
export function piecesOf<Item>({
  items,
  size,
  together = () => true,
}: Pick<BatchInput<Item>, "items" | "size" | "together">): Item[][] {
  const pieces: Item[][] = [];
  for (const item of items) {
    const last = pieces.at(-1);
    const before = last?.at(-1);
    if (last && before !== undefined && last.length < size && together(before, item)) {
      last.push(item);
    } else {
      pieces.push([item]);
    }
  }
  return pieces;
}

export type BatchInput<Item> = {
  readonly items: readonly Item[];
  readonly size: number;
  /** Whether two neighbours may go in one batch; without it all may. */
  readonly together?: ((one: Item, next: Item) => boolean) | undefined;
  /**
   * Reasons by item for those that failed; whatever is not among them went well. The signal is for what reads: a
   * request that writes is not given up, since nobody would know then what became of it.
   */
  readonly run: (batch: readonly Item[], signal: AbortSignal) => Promise<ReadonlyMap<Item, string>>;
  readonly explain: (error: unknown) => string;
  readonly signal: AbortSignal;
  readonly onProgress: (outcomes: ReadonlyMap<Item, Outcome>) => void;
};

/**
 * Does something to many, some at a time. A batch that is refused does not keep the next from being tried; a server
 * that cannot be reached does, and so does whoever cancels. What is under way is never given up half done.
 */
export async function runBatches<Item>(input: BatchInput<Item>): Promise<ReadonlyMap<Item, Outcome>> {
  const { items, run, explain, signal, onProgress } = input;
  const outcomes = new Map<Item, Outcome>(items.map((item) => [item, { state: "waiting" }]));
  let stopped = false;
  for (const batch of piecesOf(input)) {
    if (stopped || signal.aborted) {
      for (const item of batch) outcomes.set(item, { state: "skipped" });
      continue;
    }
    try {
      const failed = await run(batch, signal);
      for (const item of batch) {
        const reason = failed.get(item);
        outcomes.set(item, reason ? { state: "failed", reason } : { state: "done" });
      }
    } catch (error) {
      stopped = error instanceof NetworkError;
      for (const item of batch) outcomes.set(item, { state: "failed", reason: explain(error) });
    }
    onProgress(new Map(outcomes));
  }
  onProgress(new Map(outcomes));
  return outcomes;
}

export function countOf(outcomes: ReadonlyMap<unknown, Outcome>, state: Outcome["state"]): number {
  return [...outcomes.values()].filter((outcome) => outcome.state === state).length;
}
