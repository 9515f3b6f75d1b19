import { useEffect, useRef, useState } from "react";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { type BatchInput, type Outcome, runBatches } from "./batches";

export type Batch<Item> = {
  readonly phase: "ready" | "running" | "done";
  readonly outcomes: ReadonlyMap<Item, Outcome>;
  start: (items: readonly Item[]) => Promise<ReadonlyMap<Item, Outcome>>;
  cancel: () => void;
};

/** A common act on many, with what is known about each while it runs. Leaving the screen cancels what is not begun. */
export function useBatch<Item>(run: BatchInput<Item>["run"], size = 20): Batch<Item> {
  const t = useT();
  const [phase, setPhase] = useState<Batch<Item>["phase"]>("ready");
  const [outcomes, setOutcomes] = useState<ReadonlyMap<Item, Outcome>>(new Map());
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function start(items: readonly Item[]) {
    const controller = new AbortController();
    abort.current = controller;
    setPhase("running");
    setOutcomes(new Map(items.map((item) => [item, { state: "waiting" }])));
    const { signal } = controller;
    const last = await runBatches({
      ...{ items, size, run, signal },
      explain: (error) => explain(error, t),
      onProgress: setOutcomes,
    });
    setPhase("done");
    return last;
  }

  return { phase, outcomes, start, cancel: () => abort.current?.abort() };
}
