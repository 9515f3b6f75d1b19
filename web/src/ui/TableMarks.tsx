import type { Selection } from "./selection";

/** How rows of a table are marked for a common act. */
export type TableSelection<Row> = {
  marked: Selection;
  allLabel: string;
  rowLabel: (row: Row) => string;
};

/** Marks all rows, or none when all are marked. */
export function MarkAll<Row>({
  selection,
  order,
}: {
  selection: TableSelection<Row>;
  order: readonly string[];
}) {
  const { marked, allLabel } = selection;
  const all = order.length > 0 && marked.size === order.length;
  return (
    <input
      type="checkbox"
      aria-label={allLabel}
      checked={all}
      ref={(box) => {
        if (box) {
          box.indeterminate = marked.size > 0 && !all;
        }
      }}
      onChange={() => marked.set(all ? [] : order)}
      className="block size-4 cursor-pointer accent-accent"
    />
  );
}

type MarkRowProps<Row> = { selection: TableSelection<Row>; row: Row; id: string; order: readonly string[] };

export function MarkRow<Row>({ selection, row, id, order }: MarkRowProps<Row>) {
  const { marked, rowLabel } = selection;
  return (
    <input
      type="checkbox"
      aria-label={rowLabel(row)}
      checked={marked.has(id)}
      onClick={(event) => {
        event.stopPropagation();
        marked.toggle(id, event.shiftKey ? order : undefined);
      }}
      onChange={() => undefined}
      className="block size-4 cursor-pointer accent-accent"
    />
  );
}
