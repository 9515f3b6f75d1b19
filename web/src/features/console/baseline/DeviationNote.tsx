import type { Deviation } from "@/api/baselines";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";

/** Why somebody of the client decided to do otherwise. */
export function DeviationNote({ deviation }: { deviation: Deviation }) {
  const t = useT();
  const format = useFormat();
  const date = format.date(deviation.date);
  return (
    <p className="mt-1.5 border-l-2 border-line pl-3 text-sm wrap-anywhere">
      {t("drift.quoted", { text: deviation.reason })}
      <span className="block text-muted">
        {deviation.by ? t("drift.decidedBy", { name: deviation.by, date }) : t("drift.decided", { date })}
      </span>
    </p>
  );
}
