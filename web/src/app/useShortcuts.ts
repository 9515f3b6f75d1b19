import { useEffect, useRef } from "react";

type Shortcuts = {
  search?: () => void;
  create?: () => void;
  edit?: () => void;
  escape?: () => void;
};

/** Single keys that work while nobody is typing and no dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const typing = target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        typing ||
        target.closest("[role=dialog], [role=menu]")
      ) {
        return;
      }
      const act = { "/": "search", n: "create", e: "edit", Escape: "escape" }[event.key] as
        | keyof Shortcuts
        | undefined;
      const run = act && latest.current[act];
      if (run) {
        event.preventDefault();
        run();
      }
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
