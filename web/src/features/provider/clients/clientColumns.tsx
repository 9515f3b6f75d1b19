import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Client } from "@/api";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { Progress } from "@/ui/States";
import type { Column } from "@/ui/Table";

/** Teams or Enterprise, whatever the cadence is called. */
export function planName(client: Pick<Client, "plan">): string {
  return (client.plan ?? "–")
    .replace(/\s*\((?:monthly|annually)\)\s*$/i, "")
    .replace(/\s+(?:monthly|annually)$/i, "");
}

function remaining(client: Client): number {
  return client.remainingSeats ?? (client.seats ?? 0) - client.occupiedSeats;
}

export function useClientColumns(): Column<Client>[] {
  const t = useT();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("common.name"),
        width: "minmax(14rem,3fr)",
        narrow: "title",
        sortBy: (client) => client.organizationName,
        cell: (client) => (
          <span className="flex items-center gap-3">
            <Link
              to="/providers/$providerId/clients/$organizationId/$tab"
              params={{
                providerId: client.providerId,
                organizationId: client.organizationId,
                tab: "overview",
              }}
              onClick={(event) => event.stopPropagation()}
              className="truncate text-base font-medium hover:underline"
            >
              {client.organizationName}
            </Link>
            {client.enabled ? null : <Badge mood="warn">{t("provider.disabled")}</Badge>}
          </span>
        ),
      },
      {
        id: "seats",
        header: t("provider.assigned"),
        end: true,
        width: "7rem",
        narrow: "none",
        sortBy: (client) => client.seats ?? 0,
        cell: (client) => format.number(client.seats ?? 0),
      },
      {
        id: "used",
        header: t("provider.used"),
        width: "minmax(9rem,1fr)",
        narrow: "second",
        sortBy: (client) => client.occupiedSeats,
        cell: (client) => <Seats client={client} />,
        narrowCell: (client) =>
          t("provider.seatsUsed", { used: client.occupiedSeats, seats: client.seats ?? 0 }),
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
        narrow: "end",
        sortBy: planName,
        cell: (client) => <Badge>{planName(client)}</Badge>,
      },
    ],
    [t, format],
  );
}

function Seats({ client }: { client: Client }) {
  const t = useT();
  const format = useFormat();
  const seats = client.seats ?? 0;
  const full = seats > 0 && client.occupiedSeats >= seats;
  const close = !full && seats > 0 && client.occupiedSeats / seats >= 0.9;
  return (
    <span className="flex items-center gap-3">
      <span className="w-8 text-right">{format.number(client.occupiedSeats)}</span>
      <span className="w-full max-w-24">
        <Progress
          label={t("provider.seatsUsed", { used: client.occupiedSeats, seats })}
          value={client.occupiedSeats}
          max={seats}
          mood={full ? "bad" : close ? "warn" : "accent"}
        />
      </span>
      {full ? <Badge mood="bad">{t("provider.full")}</Badge> : null}
    </span>
  );
}
