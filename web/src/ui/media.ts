import { useSyncExternalStore } from "react";

/** Whether a media query matches at the moment. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Phone width: tables become two-line rows and the rail becomes a bottom bar. */
export function useNarrow(): boolean {
  return useMedia("(max-width: 639.98px)");
}
