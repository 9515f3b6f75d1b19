import { useMemo, useRef, useState } from "react";

export type Selection = {
  readonly ids: readonly string[];
  readonly size: number;
  has: (id: string) => boolean;
  /** With `order`, the ids as they are listed, everything from the last one to this one. */
  toggle: (id: string, order?: readonly string[]) => void;
  set: (ids: readonly string[]) => void;
  clear: () => void;
};

/** Everything between two rows of a list, both included. */
export function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const start = from === null ? -1 : order.indexOf(from);
  const end = order.indexOf(to);
  return start < 0 || end < 0 ? [to] : order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** Which rows are marked for a common act; what is no longer present is not selected either. */
export function useSelection(present: readonly string[]): Selection {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  return useMemo(() => {
    const ids = marked.size === 0 ? [] : present.filter((id) => marked.has(id));
    const here = new Set(ids);
    return {
      ids,
      size: ids.length,
      has: (id) => here.has(id),
      toggle: (id, order) => {
        const after = new Set(here);
        if (order) {
          for (const each of between(order, last.current, id)) {
            after.add(each);
          }
        } else if (!after.delete(id)) {
          after.add(id);
        }
        last.current = id;
        setMarked(after);
      },
      set: (next) => setMarked(new Set(next)),
      clear: () => setMarked(new Set()),
    };
  }, [marked, present]);
}
