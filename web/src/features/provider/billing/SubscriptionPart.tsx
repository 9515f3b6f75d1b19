import { useQuery } from "@tanstack/react-query";
import type { ProviderSubscription } from "@/api/fleet";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge, Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Progress, Skeleton } from "@/ui/States";
import { planName } from "../clients/row";
import { keys } from "../data";
import { PortalLink } from "../place";
import { usePortal } from "../scope";
import { SaveSeats } from "./SaveSeats";

/** The seats that were agreed upon with the operator, and how far clients use them. */
export function SubscriptionPart() {
  const t = useT();
  const { providerId, provider } = usePortal();
  const { data, isError, error, refetch } = useQuery({
    queryKey: keys.subscription(providerId),
    queryFn: ({ signal }) => api.fleet.subscription(providerId, { signal }),
  });
  return (
    <Group title={t("providerBilling.subscription")} text={t("providerBilling.subscriptionText")}>
      <div className="flex flex-col gap-3">
        {data ? (
          <>
            <span>
              <Badge mood={data.status === "active" ? "good" : "warn"}>
                {t(data.status === "active" ? "providerBilling.active" : "providerBilling.suspended")}
              </Badge>
            </span>
            <ul className="flex flex-col gap-3">
              {data.plans.map((plan) => (
                <PlanCard key={plan.type} plan={plan} />
              ))}
            </ul>
          </>
        ) : isError ? (
          <Callout
            mood="bad"
            title={t("providerBilling.seatsFailed")}
            action={
              <Button size="sm" onClick={() => void refetch()}>
                {t("common.tryAgain")}
              </Button>
            }
          >
            {explain(error, t)}
          </Callout>
        ) : (
          <Skeleton className="h-40" />
        )}
        {provider.enabled ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <SaveSeats />
            <PortalLink
              section="bulk"
              search={{ part: "seats" }}
              className="font-medium text-accent-text hover:underline"
            >
              {t("providerBilling.toSeats")}
            </PortalLink>
          </div>
        ) : (
          <p className="text-muted">{t("providerBilling.noListNow")}</p>
        )}
      </div>
    </Group>
  );
}

function PlanCard({ plan }: { plan: ProviderSubscription["plans"][number] }) {
  const t = useT();
  const format = useFormat();
  const { seatMinimum, assignedSeats, purchasedSeats } = plan;
  const name = planName(plan.planName);
  const all = seatMinimum + purchasedSeats;
  const open = Math.max(0, seatMinimum - assignedSeats);
  const figures = [
    [t("bulkwork.sum.minimum"), seatMinimum],
    [t("bulkwork.sum.assigned"), assignedSeats],
    [t("bulkwork.sum.purchased"), purchasedSeats],
  ] as const;
  return (
    <li className="rounded-xl border border-line bg-raised p-4">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">
          {t("providerBilling.line", { plan: name, count: all, shown: format.number(all) })}
        </h3>
        <span className="text-sm text-muted">
          {purchasedSeats > 0
            ? t("providerBilling.beyond", { count: purchasedSeats, shown: format.number(purchasedSeats) })
            : t("providerBilling.open", { count: open, shown: format.number(open) })}
        </span>
      </div>
      <Progress
        label={t("providerBilling.share", { plan: name })}
        value={Math.min(assignedSeats, all)}
        max={all}
        mood={purchasedSeats > 0 ? "warn" : "accent"}
      />
      <dl className="mt-3 grid grid-cols-3 gap-3">
        {figures.map(([term, value]) => (
          <div key={term}>
            <dt className="text-xs text-muted">{term}</dt>
            <dd className="text-md font-semibold">{format.number(value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
