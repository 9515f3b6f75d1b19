import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { CipherListItem } from "@/crypto/model/view";
import { useScope } from "../scope";
import { ItemRow } from "./ItemRow";
import type { Selection } from "./useSelection";

type ItemListProps = {
  label: string;
  items: readonly CipherListItem[];
  current: string | undefined;
  selection: Selection;
  onOpen: (id: string) => void;
  /** Enter on the current row: on to the details. */
  onEnter: () => void;
};

const rowHeight = 56;

export function ItemList({ label, items, current, selection, onOpen, onEnter }: ItemListProps) {
  const scope = useScope();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const at = items.findIndex((item) => item.id === current);

  useEffect(() => {
    if (at >= 0) {
      virtual.scrollToIndex(at, { align: "auto" });
    }
  }, [at, virtual]);

  function steer(event: KeyboardEvent) {
    const next = nextIndex(event.key, at, items.length);
    const target = next === null ? undefined : items[next];
    if (target) {
      event.preventDefault();
      onOpen(target.id);
      // The row may have to be scrolled into being before it can take the focus.
      requestAnimationFrame(() =>
        scroller.current
          ?.querySelector<HTMLElement>(`[data-item="${target.id}"]`)
          ?.focus({ preventScroll: true }),
      );
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      onEnter();
    } else if (event.key === " " && current) {
      event.preventDefault();
      selection.toggle(current, false);
    }
  }

  return (
    <nav
      ref={scroller}
      aria-label={label}
      data-list
      onKeyDown={steer}
      className="min-h-0 flex-1 overflow-y-auto"
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index];
          return item ? (
            <li
              key={item.id}
              className="absolute inset-x-0"
              style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
            >
              <ItemRow
                item={item}
                current={item.id === current}
                reachable={at < 0 ? row.index === 0 : row.index === at}
                selected={selection.has(item.id)}
                selecting={selection.size > 0}
                organization={
                  scope.kind === "own" && item.organizationId
                    ? scope.organizationName(item.organizationId)
                    : null
                }
                onOpen={onOpen}
                onSelect={selection.toggle}
              />
            </li>
          ) : null;
        })}
      </ul>
    </nav>
  );
}

function nextIndex(key: string, at: number, count: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? count - 1 : at - 1,
    Home: 0,
    End: count - 1,
    PageDown: at + 10,
    PageUp: at - 10,
  };
  const next = moves[key];
  return next === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, next));
}
