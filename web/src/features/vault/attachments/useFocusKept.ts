import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

type Had = { readonly element: Element; readonly row: Element | null };

/**
 * Buttons come and go with what becomes of a file. Where the one with the focus goes, the focus stays in its row; where
 * the row goes as well, it moves to the last button of the area.
 */
export function useFocusKept(area: RefObject<HTMLElement | null>) {
  const had = useRef<Had | null>(null);
  useLayoutEffect(() => {
    const { element, row } = had.current ?? {};
    if (!element || element.isConnected || document.activeElement !== document.body) {
      return;
    }
    const inRow = row?.isConnected ? row.querySelector("button") : null;
    (inRow ?? [...(area.current?.querySelectorAll("button") ?? [])].at(-1))?.focus({ preventScroll: true });
  });
  return ({ target }: FocusEvent) => {
    // Menus and dialogs are children of the area, too, and return the focus by themselves.
    if (area.current?.contains(target)) {
      had.current = { element: target, row: target.closest("li") };
    }
  };
}
