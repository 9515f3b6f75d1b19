import { useEffect } from "react";

/** How many forms hold something unsaved, or show what is under way. What stands behind them does not change then. */
let count = 0;
const waiting = new Set<() => void>();

export function useUnsaved(changed: boolean): void {
  useEffect(() => (changed ? note() : undefined), [changed]);
}

/** Returns what ends it. */
export function note(): () => void {
  count += 1;
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    count -= 1;
    if (count > 0) return;
    const acts = [...waiting];
    waiting.clear();
    for (const act of acts) act();
  };
}

/** At once, or when the last form is saved or left. The same act waits once. */
export function whenSaved(act: () => void): void {
  if (count === 0) act();
  else waiting.add(act);
}
