import type { Outcome } from "@/features/console/bulk/batches";
import { csvOf, download, fileNamePart } from "@/features/console/csv";
import { useT } from "@/i18n";
import type { Checked } from "./checked";
import { useLineWords } from "./useLineWords";

/** Saves lines with their results as a table; what failed can be corrected in it and read again. */
export function useSaveLines() {
  const t = useT();
  const words = useLineWords();
  return (name: string, lines: readonly Checked[], outcomes: ReadonlyMap<Checked, Outcome>) => {
    const header = [
      t("bulkwork.field.client"),
      t("common.email"),
      t("client.role"),
      t("bulkwork.field.groups"),
      t("bulkwork.result"),
      t("bulkwork.reason"),
    ];
    const rows = lines.map((line) => {
      const { state, reason } = words(line, outcomes.get(line));
      return [
        line.clientName ?? line.client,
        line.email,
        t(`client.roles.${line.type}`),
        line.groups.join("; "),
        state,
        reason,
      ];
    });
    download(`${fileNamePart(name)}.csv`, csvOf(header, rows));
  };
}
