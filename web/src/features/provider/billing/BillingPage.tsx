import { useT } from "@/i18n";
import { PortalHead } from "../frame/PortalHead";
import { HistoryPart } from "./HistoryPart";
import { PaymentPart } from "./PaymentPart";
import { SubscriptionPart } from "./SubscriptionPart";

/** What those need who write the bills: seats, and where the bills go. The server writes none. */
export function BillingPage() {
  const t = useT();
  return (
    <>
      <PortalHead title={t("portal.section.billing")} note={t("providerBilling.note")} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-5 pb-10 sm:px-6">
        <div className="flex max-w-2xl flex-col gap-10">
          <SubscriptionPart />
          <PaymentPart />
          <HistoryPart />
        </div>
      </div>
    </>
  );
}
