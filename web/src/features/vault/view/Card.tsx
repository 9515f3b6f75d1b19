import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { CopyButton } from "@/ui/CopyButton";
import { MaskedValue } from "@/ui/MaskedValue";

/** A group of values that belong together. */
export function Card({
  title,
  plain,
  children,
}: {
  title?: ReactNode;
  plain?: boolean;
  children: ReactNode;
}) {
  // What has no labels is no list of terms.
  const List = plain ? "div" : "dl";
  return (
    <section>
      {title ? <h3 className="mb-1.5 px-1 text-sm font-medium text-muted">{title}</h3> : null}
      <List className="divide-y divide-line rounded-xl border border-line">{children}</List>
    </section>
  );
}

export function Row({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="px-4 py-2">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="min-h-8">{children}</dd>
    </div>
  );
}

export function TextRow({ label, value, shown }: { label: string; value: string; shown?: ReactNode }) {
  const t = useT();
  return (
    <Row label={label}>
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">{shown ?? value}</span>
        <CopyButton value={value} label={t("vault.copyField", { field: label })} />
      </div>
    </Row>
  );
}

export function SecretRow({ label, value, covered }: { label: string; value: string; covered?: boolean }) {
  const t = useT();
  if (covered) {
    return (
      <Row label={label}>
        <span className="leading-8 text-muted">{t("vault.hiddenByCollection")}</span>
      </Row>
    );
  }
  return (
    <Row label={label}>
      <MaskedValue value={value} copyLabel={t("vault.copyField", { field: label })} />
    </Row>
  );
}
