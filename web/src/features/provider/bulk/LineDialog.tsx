import type { Outcome } from "@/features/console/bulk/batches";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { usePortal } from "../scope";
import type { Checked } from "./checked";
import { useLineWords } from "./useLineWords";

type LineDialogProps = { line: Checked; outcome: Outcome | undefined; onClose: () => void };

/** One line in full: reasons are longer than a row, above all on a phone. */
export function LineDialog({ line, outcome, onClose }: LineDialogProps) {
  const t = useT();
  const { badge } = usePortal();
  const { state, reason, mood } = useLineWords()(line, outcome);
  const cells = [
    [t("bulkwork.field.client"), line.clientName ?? line.client],
    [t("common.email"), line.email],
    [t("client.role"), t(`client.roles.${line.type}`)],
    [t("bulkwork.field.groups"), line.groups.join(", ")],
  ] as const;
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("bulkwork.lineNumber", { line: line.line })}
      footer={<Button onClick={onClose}>{t("ui.close")}</Button>}
    >
      <div className="flex flex-col gap-4">
        <Callout mood={mood} title={state}>
          {reason}
        </Callout>
        <dl className="divide-y divide-line rounded-lg border border-line px-3">
          {cells.map(([term, value]) => (
            <div key={term} className="py-2">
              <dt className="text-xs text-muted">{term}</dt>
              <dd className="wrap-anywhere">{value || "–"}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
