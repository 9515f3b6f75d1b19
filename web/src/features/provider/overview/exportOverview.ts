import type { OverviewClient } from "@/api/overview";
import type { TagId } from "@/crypto/model/ids";
import type { T } from "@/i18n";
import type { ExportColumn } from "../clients/exportClients";
import { planName, remaining } from "../clients/row";
import { healthOf, twoStepShare } from "./health";

/** The columns of the file: everything that the table knows, whichever columns are shown. */
export function exportColumns(t: T, tagNames: ReadonlyMap<TagId, string>): ExportColumn<OverviewClient>[] {
  const seatsOf = ({ seats, occupied }: OverviewClient) => ({ seats: seats ?? 0, occupied });
  return [
    { header: t("common.name"), value: ({ name }) => name },
    {
      header: t("overview.column.health"),
      value: (client) =>
        healthOf(client)
          .reasons.map((reason) => t(`overview.need.${reason}`))
          .join(", ") || t("overview.fine"),
    },
    { header: t("provider.plan"), value: ({ plan }) => planName(plan) },
    { header: t("provider.assigned"), value: ({ seats }) => seats ?? 0 },
    { header: t("provider.used"), value: ({ occupied }) => occupied },
    { header: t("provider.remaining"), value: (client) => remaining(seatsOf(client)) },
    { header: t("client.statuses.2"), value: ({ members }) => members.confirmed },
    { header: t("client.statuses.1"), value: ({ members }) => members.accepted },
    { header: t("client.statuses.0"), value: ({ members }) => members.invited },
    { header: t("client.statuses.revoked"), value: ({ members }) => members.revoked },
    { header: t("overview.export.twoStep"), value: (client) => twoStepShare(client) ?? "" },
    { header: t("overview.export.baseline"), value: ({ baseline }) => baseline?.name ?? "" },
    { header: t("overview.column.drift"), value: ({ drift }) => drift ?? "" },
    { header: t("overview.column.activity"), value: ({ lastActivity }) => lastActivity ?? "" },
    { header: t("overview.column.access"), value: ({ lastAccess }) => lastAccess ?? "" },
    { header: t("overview.export.accessBy"), value: ({ lastAccessBy }) => lastAccessBy ?? "" },
    {
      header: t("tags.title"),
      value: ({ tags }) => tags.flatMap((id) => tagNames.get(id) ?? []).join(", "),
    },
  ];
}
