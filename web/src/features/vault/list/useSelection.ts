import { useCallback, useMemo, useRef, useState } from "react";
import type { CipherListItem } from "@/crypto/model/view";

export type Selection = {
  readonly ids: readonly string[];
  readonly size: number;
  has: (id: string) => boolean;
  /** With `range`, everything from the last one to this one. */
  toggle: (id: string, range: boolean) => void;
  all: () => void;
  clear: () => void;
};

/** Which items of a list are marked for a common act; what leaves the list leaves the selection. */
export function useSelection(items: readonly CipherListItem[]): Selection {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const listed = useRef(items);
  listed.current = items;

  const toggle = useCallback((id: string, range: boolean) => {
    setMarked((before) => {
      const after = new Set(before);
      const from = range ? listed.current.findIndex((item) => item.id === last.current) : -1;
      const to = listed.current.findIndex((item) => item.id === id);
      if (from >= 0 && to >= 0) {
        for (const item of listed.current.slice(Math.min(from, to), Math.max(from, to) + 1)) {
          after.add(item.id);
        }
      } else if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });
    last.current = id;
  }, []);
  const clear = useCallback(() => setMarked(new Set()), []);
  const all = useCallback(() => setMarked(new Set(listed.current.map((item) => item.id))), []);

  return useMemo(() => {
    const ids = marked.size === 0 ? [] : items.filter((item) => marked.has(item.id)).map((item) => item.id);
    const present = new Set(ids);
    return { ids, size: ids.length, has: (id) => present.has(id), toggle, all, clear };
  }, [marked, items, toggle, all, clear]);
}
