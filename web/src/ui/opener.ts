import { useRef } from "react";

/** What had the focus before, or the button of the menu in which it was: the menu is gone by now. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body) {
    return null;
  }
  const label = active.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return label ? document.getElementById(label) : active;
}

/** The same button of the same row of a table; of the row beside it where the row was what the dialog deleted. */
function placeOf(opener: HTMLElement | null): () => HTMLElement | null {
  const row = opener?.closest("[role=rowgroup] > [role=row]");
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  const at = Array.from<HTMLElement | null>(row?.querySelectorAll("button") ?? []).indexOf(opener);
  return () => {
    const left = [row, beside].find((each) => each?.isConnected);
    return left?.querySelectorAll("button")[at] ?? null;
  };
}

/**
 * Where the focus returns when a dialog closes. It is read while the dialog is being rendered: a field in it that
 * takes the focus by itself has it before any effect could ask who had it.
 */
export function useOpener(open: boolean): () => HTMLElement | true {
  const opener = useRef<HTMLElement | null>(null);
  const place = useRef<() => HTMLElement | null>(() => null);
  const before = useRef(false);
  if (open && !before.current) {
    opener.current = openerNow();
    place.current = placeOf(opener.current);
  }
  before.current = open;
  return () => (opener.current?.isConnected ? opener.current : (place.current() ?? true));
}
