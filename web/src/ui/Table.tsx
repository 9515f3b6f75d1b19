import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode, useMemo, useRef, useState } from "react";
import { ColumnMenu } from "./ColumnMenu";
import { useColumnChoice } from "./columns";
import { cx } from "./cx";
import { useNarrow } from "./media";
import { MarkAll, MarkRow, type TableSelection } from "./TableMarks";
import { useWords } from "./words";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Makes the column sortable. */
  sortBy?: (row: Row) => string | number;
  /** A track of the grid: "2fr", "6rem". */
  width?: string;
  end?: boolean;
  /** The header is heard, not seen. */
  quiet?: boolean;
  /** Its place in the two-line row of a phone; "second" puts the header before the value. */
  narrow?: "title" | "second" | "end" | "none";
  /** A shorter form for the second line of a phone. */
  narrowCell?: (row: Row) => ReactNode;
};

type TableProps<Row> = {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  initialSort: { id: string; descending?: boolean };
  /** Where the order is kept outside: in the address, so that it can be shared. */
  onSort?: (sort: Sort) => void;
  /** Stands at the left of the row: an avatar, an icon. */
  lead?: (row: Row) => ReactNode;
  onOpen?: (row: Row) => void;
  /** Columns can be chosen, and are remembered under this name. */
  choose?: string;
  /** Columns that there is no room for until somebody asks for them. */
  unfitting?: readonly string[];
  /** Rows can be marked; its ids are those of `rowKey`. */
  selection?: TableSelection<Row>;
};

const nothing: readonly string[] = [];
const rowHeight = 48;
const narrowRowHeight = 64;

/** Rows with a sticky header; only what is in sight is rendered. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, rows, rowKey, initialSort, onSort, lead, onOpen, selection, choose, unfitting } = props;
  const narrow = useNarrow();
  const choice = useColumnChoice(choose ?? "", unfitting ?? nothing);
  const columns = useMemo(
    () => (choose && !narrow ? props.columns.filter(({ id }) => !choice.hidden.has(id)) : props.columns),
    [props.columns, choose, narrow, choice.hidden],
  );
  const [ownSort, setSort] = useState({ descending: false, ...initialSort });
  const { id: sortId, descending = false } = onSort ? initialSort : ownSort;
  const sort = useMemo(() => ({ id: sortId, descending }), [sortId, descending]);
  // A column that is not shown may still give the order.
  const sorted = useMemo(() => sortRows(rows, props.columns, sort), [rows, props.columns, sort]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? narrowRowHeight : rowHeight),
    overscan: 12,
    enabled: sorted.length > 100,
  });
  const marks = selection !== undefined;
  const grid = useMemo(() => {
    const tracks = columns.map((column) => column.width ?? "minmax(0,1fr)");
    return { gridTemplateColumns: (marks ? ["1rem", ...tracks] : tracks).join(" ") };
  }, [columns, marks]);
  const order = useMemo(() => sorted.map(rowKey), [sorted, rowKey]);
  const height = narrow ? narrowRowHeight : rowHeight;
  const inSight =
    sorted.length > 100
      ? virtual.getVirtualItems().map((item) => item.index)
      : sorted.map((_, index) => index);

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by script, which table elements do not allow
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={sorted.length}
      onKeyDown={steer}
      className="min-h-0 flex-1 overflow-auto"
    >
      {narrow ? null : (
        <Header
          columns={columns}
          sort={sort}
          onSort={onSort ?? setSort}
          grid={grid}
          mark={selection ? <MarkAll selection={selection} order={order} /> : null}
          menu={choose ? <ColumnMenu columns={props.columns} choice={choice} /> : null}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className="relative" style={{ height: sorted.length * height }}>
        {inSight.map((index) => {
          const row = sorted[index] as Row;
          const id = rowKey(row);
          return (
            <TableRow
              key={id}
              id={id}
              row={row}
              index={index}
              height={height}
              narrow={narrow}
              columns={columns}
              grid={grid}
              order={order}
              lead={lead}
              onOpen={onOpen}
              selection={selection}
            />
          );
        })}
      </div>
    </div>
  );
}

type TableRowProps<Row> = Pick<TableProps<Row>, "columns"> & {
  id: string;
  row: Row;
  index: number;
  height: number;
  narrow: boolean;
  grid: object;
  order: readonly string[];
  lead: TableProps<Row>["lead"];
  onOpen: TableProps<Row>["onOpen"];
  selection: TableProps<Row>["selection"];
};

function PlacedRow<Row>(props: TableRowProps<Row>) {
  const { id, row, index, height, narrow, columns, grid, order, lead, onOpen, selection } = props;
  const mark = selection ? <MarkRow selection={selection} row={row} id={id} order={order} /> : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see Table
    // biome-ignore lint/a11y/useFocusableInteractive: the row's link is the keyboard's way in
    // biome-ignore lint/a11y/useKeyWithClickEvents: the row's link is the keyboard's way in
    <div
      role="row"
      aria-rowindex={index + 1}
      onClick={() => onOpen?.(row)}
      className={cx(
        "absolute inset-x-0 border-b border-line transition-[background-color] duration-120",
        onOpen && "cursor-pointer hover:bg-hover",
        selection?.marked.has(id) && "bg-accent-soft",
      )}
      style={{ height, transform: `translateY(${index * height}px)` }}
    >
      {narrow ? (
        <NarrowRow columns={columns} row={row} lead={lead} mark={mark} />
      ) : (
        <WideRow columns={columns} row={row} grid={grid} lead={lead} mark={mark} />
      )}
    </div>
  );
}

/** Scrolling moves the window over the rows many times a second: only those that come into it are made. */
const TableRow = memo(PlacedRow) as typeof PlacedRow;

const focusable = "a[href], button:not(:disabled), input:not(:disabled)";

/** Up and down lead to the same control of the row above or below. */
function steer(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const target = event.target as HTMLElement;
  const row = target.closest("[aria-rowindex]");
  if (step === 0 || !row || event.defaultPrevented) {
    return;
  }
  const at = [...row.querySelectorAll(focusable)].indexOf(target);
  const next = event.currentTarget.querySelector(
    `[aria-rowindex="${Number(row.getAttribute("aria-rowindex")) + step}"]`,
  );
  const controls = next ? [...next.querySelectorAll<HTMLElement>(focusable)] : [];
  (controls[at] ?? controls[0])?.focus();
  event.preventDefault();
}

type Sort = { id: string; descending: boolean };

function Header<Row>({
  columns,
  sort,
  onSort,
  grid,
  mark,
  menu,
}: {
  columns: Column<Row>[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  grid: { gridTemplateColumns: string };
  mark: ReactNode;
  /** Stands above the acts, which need no title. */
  menu: ReactNode;
}) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see Table
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons are focusable
    <div
      role="row"
      className="sticky top-0 z-10 grid h-9 items-center gap-6 border-b border-line bg-surface px-4 sm:px-6 text-sm text-muted"
      style={grid}
    >
      {mark ? (
        // biome-ignore lint/a11y/useSemanticElements: see Table
        // biome-ignore lint/a11y/useFocusableInteractive: its box is focusable
        <div role="columnheader">{mark}</div>
      ) : null}
      {columns.map((column) => {
        const active = sort.id === column.id;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see Table
          // biome-ignore lint/a11y/useFocusableInteractive: its button is focusable
          <div
            key={column.id}
            role="columnheader"
            aria-sort={active ? (sort.descending ? "descending" : "ascending") : undefined}
            className={cx("min-w-0", column.end && "text-right")}
          >
            {column.sortBy ? (
              <button
                type="button"
                title={active && !sort.descending ? words.sortDescending : words.sortAscending}
                onClick={() => onSort({ id: column.id, descending: active && !sort.descending })}
                className={cx(
                  "inline-flex items-center gap-1 font-medium hover:text-text",
                  active && "text-text",
                )}
              >
                {column.header}
                {active ? (
                  sort.descending ? (
                    <ArrowDown className="size-3" />
                  ) : (
                    <ArrowUp className="size-3" />
                  )
                ) : null}
              </button>
            ) : (
              <>
                <span className={column.quiet ? "sr-only" : "font-medium"}>{column.header}</span>
                {column.quiet ? menu : null}
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

type RowProps<Row> = {
  columns: Column<Row>[];
  row: Row;
  lead: ((row: Row) => ReactNode) | undefined;
  mark: ReactNode;
};

function WideRow<Row>({ columns, row, grid, lead, mark }: RowProps<Row> & { grid: object }) {
  return (
    <div className="grid h-full items-center gap-6 px-4 text-sm sm:px-6" style={grid}>
      {mark ? (
        // biome-ignore lint/a11y/useSemanticElements: see Table
        <div role="cell">{mark}</div>
      ) : null}
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: see Table
        <div
          key={column.id}
          role="cell"
          className={cx(
            "min-w-0 truncate",
            column.end && "text-right",
            at === 0 && lead && "flex items-center gap-3",
          )}
        >
          {at === 0 ? lead?.(row) : null}
          {at === 0 && lead ? <span className="min-w-0 truncate">{column.cell(row)}</span> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

function NarrowRow<Row>({ columns, row, lead, mark }: RowProps<Row>) {
  const at = (place: NonNullable<Column<Row>["narrow"]>) =>
    columns.filter((column) => column.narrow === place);
  return (
    <div className="flex h-full items-center gap-3 px-4">
      {mark ? (
        // biome-ignore lint/a11y/useSemanticElements: see Table
        <div role="cell">{mark}</div>
      ) : null}
      {lead?.(row)}
      {/* biome-ignore lint/a11y/useSemanticElements: see Table */}
      <div role="cell" className="min-w-0 flex-1">
        <div className="truncate">
          {at("title").map((column) => (
            <span key={column.id}>{column.cell(row)}</span>
          ))}
        </div>
        <div className="truncate text-sm text-muted">
          {at("second").map((column) => (
            <span key={column.id}>{(column.narrowCell ?? column.cell)(row)}</span>
          ))}
        </div>
      </div>
      {at("end").map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see Table
        <div key={column.id} role="cell" className="shrink-0">
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function sortRows<Row>(rows: Row[], columns: Column<Row>[], sort: Sort): Row[] {
  const by = columns.find((column) => column.id === sort.id)?.sortBy;
  if (!by) {
    return rows;
  }
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = by(a);
    const right = by(b);
    return (
      sign *
      (typeof left === "number" && typeof right === "number"
        ? left - right
        : collator.compare(String(left), String(right)))
    );
  });
}
