import type { FleetPerson } from "@/api/audit";
import { csvOf } from "@/features/console/csv";
import type { T } from "@/i18n";

export function foundAsCsv(people: readonly FleetPerson[], t: T): string {
  const header = [
    t("baselines.client"),
    t("common.email"),
    t("common.name"),
    t("client.status"),
    t("client.role"),
    t("console.people.twoStep"),
  ];
  const rows = people.map(({ clientName, email, name, status, type, twoStep }) => [
    clientName,
    email,
    name ?? "",
    t(status === -1 ? "client.statuses.revoked" : `client.statuses.${status}`),
    t(`client.roles.${type}`),
    t(twoStep ? "vault.yes" : "vault.no"),
  ]);
  return csvOf(header, rows);
}
