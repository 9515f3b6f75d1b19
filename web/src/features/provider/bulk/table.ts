import { parseCsv } from "@/features/settings/parts";

/** A table from a spreadsheet: pasted or read from a file. */
export type Table = {
  /** null when the first line is one of the rows already. */
  readonly header: readonly string[] | null;
  /** All as wide as the widest. */
  readonly rows: readonly (readonly string[])[];
  readonly width: number;
};

const separators = [",", ";", "\t", "|"] as const;

/** The sign that divides most lines into the same number of cells. */
function separatorOf(text: string): string {
  const sample = text.split(/\r?\n/, 20).join("\n");
  const agreeing = separators.map((separator) => {
    const widths = parseCsv(sample, separator).map(({ length }) => length);
    const widest = Math.max(0, ...widths);
    return { separator, score: widest < 2 ? 0 : widths.filter((width) => width === widest).length };
  });
  return agreeing.reduce((best, next) => (next.score > best.score ? next : best)).separator;
}

/** Reads what spreadsheets write in any country. `isData` tells a cell that no heading would hold. */
export function readTable(text: string, isData: (cell: string) => boolean): Table {
  const clean = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const lines = parseCsv(clean, separatorOf(clean))
    .map((cells) => cells.map((cell) => cell.replaceAll("\u00A0", " ").trim()))
    .filter((cells) => cells.some((cell) => cell !== ""));
  const width = Math.max(0, ...lines.map(({ length }) => length));
  const rows = lines.map((cells) => [...cells, ...Array<string>(width - cells.length).fill("")]);
  const [first] = rows;
  const headed = first !== undefined && !first.some(isData);
  return { header: headed ? first : null, rows: headed ? rows.slice(1) : rows, width };
}

/** "Über-Name (de)" and "uber name" are the same word in a heading. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/\([^)]*\)/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
