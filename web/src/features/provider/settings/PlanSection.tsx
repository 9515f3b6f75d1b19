import { useQuery } from "@tanstack/react-query";
import type { ProviderSubscription } from "@/api/fleet";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge, Callout } from "@/ui/Badge";
import { Progress, Skeleton } from "@/ui/States";
import { planName } from "../clients/row";
import { keys } from "../data";
import { PortalLink } from "../place";
import { usePortal } from "../scope";

/** The seats that were agreed upon with the operator, and how far clients use them. */
export function PlanSection() {
  const t = useT();
  const { providerId, provider } = usePortal();
  const subscription = useQuery({
    queryKey: keys.subscription(providerId),
    queryFn: ({ signal }) => api.fleet.subscription(providerId, { signal }),
  });
  return (
    <Group title={t("providerSettings.plans")} text={t("providerSettings.plansText")}>
      <div className="flex flex-col gap-3">
        <span>
          <Badge mood={provider.enabled ? "good" : "warn"}>
            {t(provider.enabled ? "providerSettings.active" : "providerSettings.suspended")}
          </Badge>
        </span>
        {subscription.data ? (
          <ul className="flex flex-col gap-3">
            {subscription.data.plans.map((plan) => (
              <PlanCard key={plan.type} plan={plan} />
            ))}
          </ul>
        ) : subscription.isError ? (
          <Callout mood="bad" title={t("providerSettings.plansFailed")}>
            {explain(subscription.error, t)}
          </Callout>
        ) : (
          <Skeleton className="h-40" />
        )}
        {provider.enabled ? (
          <PortalLink
            section="bulk"
            search={{ part: "seats" }}
            className="self-start text-accent-text hover:underline"
          >
            {t("providerSettings.toSeats")}
          </PortalLink>
        ) : null}
      </div>
    </Group>
  );
}

function PlanCard({ plan }: { plan: ProviderSubscription["plans"][number] }) {
  const t = useT();
  const format = useFormat();
  const { seatMinimum, assignedSeats, purchasedSeats } = plan;
  const name = planName(plan.planName);
  const open = Math.max(0, seatMinimum - assignedSeats);
  const figures = [
    [t("bulkwork.sum.minimum"), seatMinimum],
    [t("bulkwork.sum.assigned"), assignedSeats],
    [t("bulkwork.sum.purchased"), purchasedSeats],
  ] as const;
  return (
    <li className="rounded-xl border border-line bg-raised p-4">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">{name}</h3>
        <span className="text-sm text-muted">
          {purchasedSeats > 0
            ? t("providerSettings.beyond", { count: purchasedSeats })
            : t("providerSettings.open", { count: open })}
        </span>
      </div>
      <Progress
        label={t("providerSettings.share", { plan: name })}
        value={Math.min(assignedSeats, seatMinimum + purchasedSeats)}
        max={seatMinimum + purchasedSeats}
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
