import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import type { PasswordHistoryView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { cx } from "@/ui/cx";
import { MaskedValue } from "@/ui/MaskedValue";

export function PasswordHistory({ entries }: { entries: readonly PasswordHistoryView[] }) {
  const t = useT();
  const format = useFormat();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <section>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1.5 rounded px-1 text-sm font-medium text-muted hover:text-text"
      >
        <ChevronDown className={cx("size-4 transition-transform", !open && "-rotate-90")} aria-hidden />
        {t("vault.passwordHistory", { count: entries.length })}
      </button>
      <div id={id} hidden={!open} className="mt-1.5 divide-y divide-line rounded-xl border border-line">
        {open
          ? entries.map((entry) => (
              <div key={entry.lastUsedDate + entry.password.length} className="px-4 py-2">
                <div className="text-xs text-muted">
                  {t("vault.usedUntil", { date: format.dateTime(entry.lastUsedDate) })}
                </div>
                <MaskedValue
                  value={entry.password}
                  copyLabel={t("vault.copyField", { field: t("vault.password") })}
                />
              </div>
            ))
          : null}
      </div>
    </section>
  );
}
