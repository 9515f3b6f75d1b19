import { ReceiptText } from "lucide-react";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { EmptyState } from "@/ui/States";
import { usePortal } from "../scope";

/** The server writes no bills: why there is nothing, and what takes their place. */
export function HistoryPart() {
  const t = useT();
  const { provider } = usePortal();
  return (
    <Group title={t("providerBilling.history")}>
      <div className="rounded-xl border border-line">
        <EmptyState icon={<ReceiptText aria-hidden />} title={t("providerBilling.noInvoices")}>
          {t("providerBilling.noInvoicesText")}
          {provider.enabled ? ` ${t("providerBilling.noInvoicesHint")}` : null}
        </EmptyState>
      </div>
    </Group>
  );
}
