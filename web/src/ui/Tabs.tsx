import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { cx } from "./cx";

export type Tab<T extends string> = { id: T; label: ReactNode; count?: number };

type TabsProps<T extends string> = {
  label: string;
  tabs: Tab<T>[];
  current: T;
  onChange: (id: T) => void;
  panelId?: string;
};

/** A row of tabs; arrows move, and the choice follows the focus. */
export function Tabs<T extends string>({ label, tabs, current, onChange, panelId }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen.
  useEffect(() => {
    const row = list.current;
    const tab = row?.querySelector<HTMLElement>(`[data-tab="${current}"]`);
    if (row && tab) {
      const middle = tab.offsetLeft + tab.offsetWidth / 2;
      row.scrollLeft = middle - row.offsetLeft - row.clientWidth / 2;
    }
  }, [current]);

  function move(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) {
      return;
    }
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.id === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next) {
      onChange(next.id);
      list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
    }
  }

  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      onKeyDown={move}
      className="flex gap-5 overflow-x-auto overflow-y-hidden border-b border-line px-1"
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          data-tab={tab.id}
          aria-selected={tab.id === current}
          aria-controls={panelId}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onChange(tab.id)}
          className={cx(
            "-mb-px flex h-10 items-center gap-2 border-b-2 font-medium whitespace-nowrap",
            tab.id === current
              ? "border-accent-text text-text"
              : "border-transparent text-muted hover:text-text",
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : (
            <span className="rounded-md bg-sunken px-1.5 text-xs text-muted">{tab.count}</span>
          )}
        </button>
      ))}
    </div>
  );
}
