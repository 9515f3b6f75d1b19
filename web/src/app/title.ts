import { useEffect } from "react";

/** Names the page in the tab. Never pass names of items or other secrets: titles end up in histories. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Kastellan`;
  }, [title]);
}
