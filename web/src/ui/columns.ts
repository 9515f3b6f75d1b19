import { useMemo, useState } from "react";
import type { Column } from "./Table";

export type ColumnChoice = {
  readonly hidden: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
};

function read(key: string): ReadonlySet<string> | null {
  const stored = localStorage.getItem(key);
  return stored === null ? null : new Set(stored.split(",").filter(Boolean));
}

/** Which columns somebody does not want to see on this machine; until they say so, those that do not fit. */
export function useColumnChoice(table: string, unfitting: readonly string[]): ColumnChoice {
  const key = `kastellan.columns.${table}`;
  const [chosen, setChosen] = useState(() => read(key));
  const hidden = useMemo(() => chosen ?? new Set(unfitting), [chosen, unfitting]);
  return {
    hidden,
    toggle(id) {
      const after = new Set(hidden);
      if (!after.delete(id)) {
        after.add(id);
      }
      localStorage.setItem(key, [...after].join(","));
      setChosen(after);
    },
  };
}

/** A column without a header of its own, and the name, are always there. */
export const mayHide = <Row>(column: Column<Row>) => column.id !== "name" && !column.quiet;
