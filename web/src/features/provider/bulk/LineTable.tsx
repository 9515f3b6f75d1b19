import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useMemo, useState } from "react";
import type { Outcome } from "@/features/console/bulk/batches";
import { Names } from "@/features/console/people/columns";
import { useT } from "@/i18n";
import { type Column, Table } from "@/ui/Table";
import type { Checked } from "./checked";
import { LineDialog } from "./LineDialog";
import { useLineWords } from "./useLineWords";

const noOutcomes: ReadonlyMap<Checked, Outcome> = new Map();
const rowKey = ({ line }: Checked) => String(line);
const icons = {
  good: <CircleCheck className="inline size-4 shrink-0 text-good" aria-hidden />,
  bad: <CircleX className="inline size-4 shrink-0 text-bad" aria-hidden />,
  neutral: <CircleDashed className="inline size-4 shrink-0 text-muted" aria-hidden />,
};

type LineTableProps = {
  lines: readonly Checked[];
  outcomes?: ReadonlyMap<Checked, Outcome>;
  empty: string;
};

/** The lines as the spreadsheet has them, each with how it stands. */
export function LineTable({ lines, outcomes = noOutcomes, empty }: LineTableProps) {
  const t = useT();
  const rows = useMemo(() => [...lines], [lines]);
  const [open, setOpen] = useState<Checked | null>(null);
  const columns = useColumns(outcomes, setOpen);
  if (lines.length === 0) {
    return <p className="flex-1 px-6 py-10 text-center text-muted">{empty}</p>;
  }
  return (
    <div className="flex min-h-64 flex-1 flex-col">
      <Table
        label={t("bulkwork.lines")}
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        initialSort={{ id: "line" }}
        onOpen={setOpen}
      />
      {open ? <LineDialog line={open} outcome={outcomes.get(open)} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function useColumns(
  outcomes: ReadonlyMap<Checked, Outcome>,
  onOpen: (line: Checked) => void,
): Column<Checked>[] {
  const t = useT();
  const words = useLineWords();
  return useMemo(
    () => [
      {
        id: "line",
        header: t("bulkwork.line"),
        end: true,
        narrow: "none",
        width: "4.5rem",
        sortBy: ({ line }) => line,
        cell: ({ line }) => <span className="text-muted">{line}</span>,
      },
      {
        id: "email",
        header: t("common.email"),
        narrow: "title",
        width: "minmax(12rem,3fr)",
        sortBy: ({ email }) => email,
        cell: (line) => (
          <button
            type="button"
            className="block max-w-full truncate text-left hover:underline"
            onClick={(event) => {
              event.stopPropagation();
              onOpen(line);
            }}
          >
            {line.email || line.cell || "–"}
          </button>
        ),
      },
      {
        id: "client",
        header: t("bulkwork.field.client"),
        narrow: "none",
        width: "minmax(10rem,2fr)",
        sortBy: ({ clientName, client }) => clientName ?? client,
        cell: ({ clientName, client }) => clientName ?? client,
      },
      {
        id: "role",
        header: t("client.role"),
        narrow: "none",
        width: "6rem",
        sortBy: ({ type }) => type,
        cell: ({ type }) => t(`client.roles.${type}`),
      },
      {
        id: "groups",
        header: t("bulkwork.field.groups"),
        narrow: "none",
        width: "minmax(6rem,1fr)",
        cell: ({ groups }) => <Names names={groups} />,
      },
      {
        id: "state",
        header: t("bulkwork.result"),
        narrow: "second",
        width: "minmax(14rem,3fr)",
        sortBy: (line) => words(line, outcomes.get(line)).state,
        cell: (line) => {
          const { state, reason, mood } = words(line, outcomes.get(line));
          return (
            <span className="flex items-center gap-2" title={reason || undefined}>
              {icons[mood]}
              <span className={mood === "bad" ? "truncate text-bad" : "truncate"}>{reason || state}</span>
            </span>
          );
        },
        narrowCell: (line) => {
          const { state, reason, mood } = words(line, outcomes.get(line));
          return (
            <>
              {icons[mood]} {line.clientName ?? line.client} · {reason || state}
            </>
          );
        },
      },
    ],
    [t, words, outcomes, onOpen],
  );
}
