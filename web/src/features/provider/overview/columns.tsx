import { useMemo } from "react";
import type { OverviewClient } from "@/api/overview";
import type { ProviderId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { Column } from "@/ui/Table";
import { ClientActs } from "../clients/ClientActs";
import type { ClientAct } from "../clients/ClientDialogs";
import { type Aim, ClientName } from "../clients/ClientName";
import { type ClientRow, planName, rowOfOverview } from "../clients/row";
import { SeatsCell } from "../clients/SeatsCell";
import { useTagNames } from "../data";
import { ClientPreview } from "./ClientPreview";
import { DriftCell, PeopleCell, TwoStepCell } from "./cells";
import { HealthBadge } from "./HealthBadge";
import { healthOf, peopleOf, twoStepShare, weightOf } from "./health";

type OnAct = (act: ClientAct, client: ClientRow) => void;

/** Health, people, seats, two-step login, drift and who was there last. */
export function useOverviewColumns(providerId: ProviderId, onAct: OnAct, aim: Aim): Column<OverviewClient>[] {
  const t = useT();
  const format = useFormat();
  const tagNames = useTagNames(providerId);
  return useMemo(
    () => [
      {
        id: "name",
        header: t("common.name"),
        width: "minmax(13rem,3fr)",
        narrow: "title",
        sortBy: ({ name }) => name,
        cell: (client) => (
          <ClientName
            client={client}
            tagNames={tagNames}
            aim={aim}
            preview={<ClientPreview client={client} />}
          />
        ),
      },
      {
        id: "health",
        header: t("overview.column.health"),
        width: "8rem",
        narrow: "end",
        sortBy: (client) => weightOf(healthOf(client)),
        cell: (client) => <HealthBadge health={healthOf(client)} />,
      },
      {
        id: "people",
        header: t("overview.column.people"),
        width: "5.5rem",
        narrow: "none",
        sortBy: peopleOf,
        cell: (client) => <PeopleCell client={client} />,
      },
      {
        id: "seats",
        header: t("overview.column.seats"),
        width: "6.5rem",
        narrow: "second",
        sortBy: ({ occupied, seats }) => (seats ? occupied / seats : 0),
        cell: ({ occupied, seats }) => <SeatsCell used={occupied} seats={seats ?? 0} />,
        narrowCell: ({ occupied, seats, plan }) =>
          `${t("provider.seatsUsed", { used: occupied, seats: seats ?? 0 })} · ${planName(plan)}`,
      },
      {
        id: "twoStep",
        header: t("overview.column.twoStep"),
        width: "5rem",
        narrow: "none",
        sortBy: (client) => twoStepShare(client) ?? -1,
        cell: (client) => <TwoStepCell client={client} />,
      },
      {
        id: "drift",
        header: t("overview.column.drift"),
        width: "5.5rem",
        narrow: "none",
        sortBy: ({ drift }) => drift ?? -1,
        cell: (client) => <DriftCell client={client} />,
      },
      {
        id: "activity",
        header: t("overview.column.activity"),
        width: "6.5rem",
        narrow: "none",
        sortBy: ({ lastActivity }) => lastActivity ?? "",
        cell: ({ lastActivity }) =>
          lastActivity ? (
            <span title={format.dateTime(lastActivity)}>{format.ago(lastActivity)}</span>
          ) : (
            <span className="text-muted">{t("common.never")}</span>
          ),
      },
      {
        id: "access",
        header: t("overview.column.access"),
        width: "8rem",
        narrow: "none",
        sortBy: ({ lastAccess }) => lastAccess ?? "",
        cell: ({ lastAccess, lastAccessBy }) =>
          lastAccess ? (
            <span title={format.dateTime(lastAccess)}>
              <span className="block truncate">{format.ago(lastAccess)}</span>
              {lastAccessBy ? (
                <span className="block truncate text-xs text-muted">{lastAccessBy}</span>
              ) : null}
            </span>
          ) : (
            <span className="text-muted">{t("common.never")}</span>
          ),
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        width: "2rem",
        narrow: "none",
        cell: (client) => <ClientActs client={rowOfOverview(client)} onAct={onAct} />,
      },
    ],
    [t, format, tagNames, onAct, aim],
  );
}
