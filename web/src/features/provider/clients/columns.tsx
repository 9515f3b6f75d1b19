import { useMemo } from "react";
import type { ProviderId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import type { Column } from "@/ui/Table";
import { useTagNames } from "../data";
import { ClientActs } from "./ClientActs";
import type { ClientAct } from "./ClientDialogs";
import { ClientName } from "./ClientName";
import { type ClientRow, remaining } from "./row";
import { SeatsCell } from "./SeatsCell";

type OnAct = (act: ClientAct, client: ClientRow) => void;

/** Name, Assigned, Used, Remaining, Plan, and what can be done. */
export function useClientColumns(providerId: ProviderId, onAct: OnAct): Column<ClientRow>[] {
  const t = useT();
  const format = useFormat();
  const tagNames = useTagNames(providerId);
  return useMemo(
    () => [
      {
        id: "name",
        header: t("common.name"),
        width: "minmax(14rem,3fr)",
        narrow: "title",
        sortBy: ({ name }) => name,
        cell: (client) => <ClientName client={client} tagNames={tagNames} />,
      },
      {
        id: "seats",
        header: t("provider.assigned"),
        end: true,
        width: "7rem",
        narrow: "none",
        sortBy: ({ seats }) => seats,
        cell: ({ seats }) => format.number(seats),
      },
      {
        id: "used",
        header: t("provider.used"),
        width: "minmax(8rem,1fr)",
        narrow: "second",
        sortBy: ({ occupied }) => occupied,
        cell: ({ occupied, seats }) => <SeatsCell used={occupied} seats={seats} />,
        narrowCell: ({ occupied, seats, plan }) =>
          `${t("provider.seatsUsed", { used: occupied, seats })} · ${plan}`,
      },
      {
        id: "remaining",
        header: t("provider.remaining"),
        end: true,
        width: "7rem",
        narrow: "none",
        sortBy: remaining,
        cell: (client) => format.number(remaining(client)),
      },
      {
        id: "plan",
        header: t("provider.plan"),
        width: "8rem",
        narrow: "none",
        sortBy: ({ plan }) => plan,
        cell: ({ plan }) => <Badge>{plan}</Badge>,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        width: "2rem",
        narrow: "end",
        cell: (client) => <ClientActs client={client} onAct={onAct} />,
      },
    ],
    [t, format, tagNames, onAct],
  );
}
