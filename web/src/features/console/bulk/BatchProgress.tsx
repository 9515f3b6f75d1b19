import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Progress } from "@/ui/States";
import { countOf, type Outcome } from "./batches";

/** How far it is, in numbers. */
export function BatchProgress({ outcomes }: { outcomes: ReadonlyMap<unknown, Outcome> }) {
  const t = useT();
  const format = useFormat();
  const total = outcomes.size;
  const remaining = countOf(outcomes, "waiting");
  const failed = countOf(outcomes, "failed");
  return (
    <div role="status" className="flex flex-col gap-2">
      <div className="flex justify-between text-sm">
        <span>
          {t("common.of", { shown: format.number(total - remaining), total: format.number(total) })}
          {failed > 0 ? ` · ${t("console.bulk.failed", { count: failed })}` : null}
        </span>
        <span className="text-muted">
          {remaining > 0 ? t("console.bulk.remaining", { count: remaining }) : t("console.bulk.finished")}
        </span>
      </div>
      <Progress
        label={t("console.bulk.progress")}
        value={total - remaining}
        max={total}
        mood={failed > 0 ? "warn" : "accent"}
      />
    </div>
  );
}
