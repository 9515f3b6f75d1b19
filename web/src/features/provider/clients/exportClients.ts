import { csvOf, download, fileNamePart } from "@/features/console/csv";

/** A column of the file: what a spreadsheet is to count with is a number. */
export type ExportColumn<Row> = {
  readonly header: string;
  readonly value: (row: Row) => string | number;
};

export function clientsCsv<Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[]): string {
  return csvOf(
    columns.map(({ header }) => header),
    rows.map((row) => columns.map(({ value }) => value(row))),
  );
}

export function saveClients(provider: string, csv: string): void {
  const day = new Date().toISOString().slice(0, 10);
  download(`clients-${fileNamePart(provider)}-${day}.csv`, csv);
}
