import { useT } from "@/i18n";
import { Button } from "@/ui/Button";

/** Filters that leave nothing, and the way out of them. */
export function NothingFound({ query, onClear }: { query: string; onClear: () => void }) {
  const t = useT();
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-10 text-center text-muted">
      <p>{query.trim() ? t("vault.nothingFound", { query }) : t("clients.filter.nothing")}</p>
      {query.trim() ? null : <Button onClick={onClear}>{t("clients.filter.clear")}</Button>}
    </div>
  );
}
