import { useMemo } from "react";
import { usePortalPlace } from "../place";
import type { SectionId } from "../sections";
import { searchOf, type View, viewOf } from "./view";

export type UsedView = {
  readonly view: View;
  /** Writes to the address; going back does not walk through every filter. */
  readonly set: (part: Partial<View>) => void;
};

export function useView(section: SectionId, usual?: string): UsedView {
  const { search, go } = usePortalPlace();
  const view = useMemo(() => viewOf(search, usual), [search, usual]);
  return {
    view,
    set: (part) => go(section, { ...search, ...searchOf({ ...view, ...part }, usual) }, { replace: true }),
  };
}
