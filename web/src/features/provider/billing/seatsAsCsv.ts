import type { PortalClient } from "@/api/clients";
import { csvOf } from "@/features/console/csv";
import type { T } from "@/i18n";
import { planName } from "../clients/row";

type Row = Pick<PortalClient, "organizationId" | "organizationName" | "plan" | "seats" | "occupiedSeats">;

/** The seats of each client in the order of their names: what it takes to write the clients' bills. */
export function seatsAsCsv(clients: readonly Row[], t: T): string {
  const header = [
    t("bulkwork.field.client"),
    t("provider.plan"),
    t("bulkwork.sum.assigned"),
    t("provider.used"),
    t("providerBilling.organizationId"),
  ];
  const rows = [...clients]
    .sort((one, other) => one.organizationName.localeCompare(other.organizationName))
    .map(({ organizationId, organizationName, plan, seats, occupiedSeats }) => [
      organizationName,
      planName(plan),
      seats ?? 0,
      occupiedSeats,
      organizationId,
    ]);
  return csvOf(header, rows);
}
