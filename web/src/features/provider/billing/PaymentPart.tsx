import { Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { BillingAddress } from "@/api/billing";
import { explain } from "@/app/errors";
import { Group } from "@/features/settings/parts";
import { useLanguage, useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/States";
import { useAddress, useRecord } from "../data";
import { PortalLink } from "../place";
import { usePortal } from "../scope";
import { AddressDialog } from "./AddressDialog";
import { linesOf } from "./address";
import { countryName } from "./countries";

/** To whom and where bills go. */
export function PaymentPart() {
  const t = useT();
  return (
    <Group title={t("providerBilling.payment")} text={t("providerBilling.paymentText")}>
      <div className="flex flex-col gap-3">
        <AddressCard />
        <RecipientCard />
        <Card title={t("providerBilling.method")}>
          <p className="text-muted">{t("providerBilling.methodNone")}</p>
        </Card>
      </div>
    </Group>
  );
}

type CardProps = { title: string; action?: ReactNode; children: ReactNode };

function Card({ title, action, children }: CardProps) {
  return (
    <section className="rounded-xl border border-line bg-raised p-4">
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <h3 className="font-medium">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}

function Failed({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const t = useT();
  return (
    <Callout
      mood="bad"
      title={t("providerBilling.failed")}
      action={
        <Button size="sm" onClick={onAgain}>
          {t("common.tryAgain")}
        </Button>
      }
    >
      {explain(error, t)}
    </Callout>
  );
}

function AddressCard() {
  const t = useT();
  const { providerId } = usePortal();
  const { data, error, refetch } = useAddress(providerId);
  const [editing, setEditing] = useState(false);
  return (
    <Card
      title={t("providerBilling.address")}
      action={
        data === undefined ? undefined : (
          <Button size="sm" icon={<Pencil className="size-4" />} onClick={() => setEditing(true)}>
            {t(data ? "providerBilling.change" : "providerBilling.enter")}
          </Button>
        )
      }
    >
      {data ? (
        <AddressText address={data} />
      ) : data === null ? (
        <p className="text-muted">{t("providerBilling.addressNone")}</p>
      ) : error ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : (
        <Skeleton className="h-16" />
      )}
      {editing && data !== undefined ? (
        <AddressDialog address={data} onClose={() => setEditing(false)} />
      ) : null}
    </Card>
  );
}

function AddressText({ address }: { address: BillingAddress }) {
  const t = useT();
  const language = useLanguage();
  return (
    <>
      <address className="wrap-anywhere not-italic">
        {[...linesOf(address), countryName(address.country, language)].map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and may be alike.
          <span key={at} className="block">
            {line}
          </span>
        ))}
      </address>
      <dl className="mt-3">
        <dt className="text-xs text-muted">{t("providerBilling.field.taxId")}</dt>
        <dd className="wrap-anywhere">{address.taxId?.value ?? t("providerBilling.noTaxId")}</dd>
      </dl>
    </>
  );
}

/** Who the bills are for; kept in the settings. */
function RecipientCard() {
  const t = useT();
  const { providerId, name } = usePortal();
  const { data, error, refetch } = useRecord(providerId);
  const lines = [
    [t("providerSettings.businessName"), data?.businessName || name],
    [t("auth.billingEmail"), data?.billingEmail ?? "–"],
  ] as const;
  return (
    <Card
      title={t("providerBilling.recipient")}
      action={
        <PortalLink section="settings" className="font-medium text-accent-text hover:underline">
          {t("providerBilling.toSettings")}
        </PortalLink>
      }
    >
      {data ? (
        <dl className="grid gap-3 sm:grid-cols-2">
          {lines.map(([term, text]) => (
            <div key={term} className="min-w-0">
              <dt className="text-xs text-muted">{term}</dt>
              <dd className="wrap-anywhere">{text}</dd>
            </div>
          ))}
        </dl>
      ) : error ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : (
        <Skeleton className="h-10" />
      )}
    </Card>
  );
}
