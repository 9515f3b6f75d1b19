import { useMemo } from "react";
import type { ClientDrift } from "@/api/baselines";
import { sentenceOf } from "@/features/console/baseline/words";
import { type T, useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Badge, type Mood } from "@/ui/Badge";
import type { Selection } from "@/ui/selection";
import { type Column, Table } from "@/ui/Table";
import { openDifferences, type Standing, standings } from "./standing";

export type DriftRow = ClientDrift & {
  readonly name: string;
  readonly baselineName: string;
  readonly standing: Standing;
};

const moods: Record<Standing, Mood> = { drifted: "warn", deviates: "neutral", inLine: "good" };

export function StandingBadge({ standing }: { standing: Standing }) {
  const t = useT();
  return <Badge mood={moods[standing]}>{t(`baselines.standing.${standing}`)}</Badge>;
}

type DriftTableProps = { rows: DriftRow[]; selection: Selection; onOpen: (row: DriftRow) => void };

export function DriftTable({ rows, selection, onOpen }: DriftTableProps) {
  const t = useT();
  const format = useFormat();
  const columns = useMemo<Column<DriftRow>[]>(
    () => [
      {
        id: "client",
        header: t("baselines.client"),
        width: "minmax(12rem,1.4fr)",
        narrow: "title",
        sortBy: ({ name }) => name,
        cell: (row) => (
          <button
            type="button"
            onClick={(event) => {
              event.stopPropagation();
              onOpen(row);
            }}
            className="max-w-full truncate text-left text-base font-medium hover:underline"
          >
            {row.name}
          </button>
        ),
      },
      {
        id: "baseline",
        header: t("baselines.baseline"),
        width: "minmax(8rem,0.9fr)",
        narrow: "none",
        sortBy: ({ baselineName }) => baselineName,
        cell: ({ baselineName }) => baselineName,
      },
      {
        id: "drift",
        header: t("baselines.differs"),
        width: "minmax(14rem,2.4fr)",
        narrow: "second",
        sortBy: (row) => openDifferences(row).length,
        cell: (row) => {
          const words = inBrief(row, t);
          return <span title={words}>{words}</span>;
        },
      },
      {
        id: "deviations",
        header: t("baselines.deviations"),
        end: true,
        width: "6.5rem",
        narrow: "none",
        sortBy: accepted,
        cell: (row) => (accepted(row) > 0 ? format.number(accepted(row)) : "–"),
      },
      {
        id: "standing",
        header: t("baselines.state"),
        width: "7.5rem",
        narrow: "end",
        sortBy: ({ standing }) => standings.indexOf(standing),
        cell: ({ standing }) => <StandingBadge standing={standing} />,
      },
    ],
    [t, format, onOpen],
  );
  return (
    <Table
      label={t("baselines.tab.drift")}
      columns={columns}
      rows={rows}
      rowKey={({ clientId }) => clientId}
      initialSort={{ id: "standing" }}
      lead={({ organizationId, name }) => <Avatar seed={organizationId} name={name} />}
      onOpen={onOpen}
      selection={{
        marked: selection,
        allLabel: t("baselines.markAll"),
        rowLabel: ({ name }) => t("baselines.mark", { name }),
      }}
    />
  );
}

const accepted = (row: DriftRow) => row.differences.length - openDifferences(row).length;

/** The first difference, and how many more there are. */
function inBrief(row: DriftRow, t: T): string {
  const [first, ...others] = openDifferences(row);
  if (!first) {
    return t(row.standing === "deviates" ? "baselines.onlyAccepted" : "baselines.asWanted");
  }
  const words = sentenceOf(first, t);
  return others.length > 0 ? t("baselines.andMore", { words, count: others.length }) : words;
}
