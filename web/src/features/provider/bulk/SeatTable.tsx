import { useMemo } from "react";
import type { Client } from "@/api";
import type { ClientId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Input } from "@/ui/Field";
import { type Column, Table } from "@/ui/Table";
import type { Wanted } from "./seats";

type SeatTableProps = {
  clients: Client[];
  wanted: Wanted;
  onWant: (id: ClientId, seats: number | null) => void;
};

const rowKey = ({ id }: Client) => id;

export function SeatTable({ clients, wanted, onWant }: SeatTableProps) {
  const t = useT();
  return (
    <div className="flex min-h-64 flex-1 flex-col">
      <Table
        label={t("bulkwork.part.seats")}
        columns={useColumns(wanted, onWant)}
        rows={clients}
        rowKey={rowKey}
        initialSort={{ id: "name" }}
        lead={(client) => <Avatar seed={client.organizationId} name={client.organizationName} />}
      />
    </div>
  );
}

function useColumns(wanted: Wanted, onWant: SeatTableProps["onWant"]): Column<Client>[] {
  const t = useT();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("bulkwork.field.client"),
        narrow: "title",
        width: "minmax(12rem,3fr)",
        sortBy: ({ organizationName }) => organizationName,
        cell: ({ organizationName }) => <span className="text-base font-medium">{organizationName}</span>,
      },
      {
        id: "used",
        header: t("provider.used"),
        end: true,
        narrow: "second",
        width: "6rem",
        sortBy: ({ occupiedSeats }) => occupiedSeats,
        cell: ({ occupiedSeats }) => format.number(occupiedSeats),
        narrowCell: ({ occupiedSeats, seats }) =>
          t("provider.seatsUsed", { used: format.number(occupiedSeats), seats: format.number(seats ?? 0) }),
      },
      {
        id: "now",
        header: t("bulkwork.seatsNow"),
        end: true,
        narrow: "none",
        width: "7rem",
        sortBy: ({ seats }) => seats ?? 0,
        cell: ({ seats }) => format.number(seats ?? 0),
      },
      {
        id: "next",
        header: t("bulkwork.seatsNext"),
        narrow: "end",
        width: "12rem",
        sortBy: ({ id, seats }) => wanted.get(id) ?? seats ?? 0,
        cell: (client) => <SeatInput client={client} wanted={wanted} onWant={onWant} />,
      },
    ],
    [t, format, wanted, onWant],
  );
}

type SeatInputProps = { client: Client; wanted: Wanted; onWant: SeatTableProps["onWant"] };

/** A number, and how far it is from the one now; too small a number is said at once. */
function SeatInput({ client, wanted, onWant }: SeatInputProps) {
  const t = useT();
  const format = useFormat();
  const now = client.seats ?? 0;
  const value = wanted.get(client.id);
  const difference = (value ?? now) - now;
  const few = value !== undefined && value < client.occupiedSeats;
  return (
    <span className="flex items-center gap-3">
      <Input
        type="number"
        inputMode="numeric"
        min={Math.max(1, client.occupiedSeats)}
        className="!h-8 !w-24"
        aria-label={t("bulkwork.seatsFor", { name: client.organizationName })}
        aria-invalid={few || undefined}
        value={value ?? now}
        onChange={(event) => {
          const seats = Math.max(0, Math.floor(Number(event.target.value) || 0));
          onWant(client.id, event.target.value === "" || seats === now ? null : seats);
        }}
      />
      {few ? (
        <span className="text-sm text-bad max-sm:sr-only">
          {t("bulkwork.tooFew", { count: client.occupiedSeats })}
        </span>
      ) : difference === 0 ? null : (
        <span className={difference > 0 ? "text-sm text-accent-text" : "text-sm text-muted"}>
          {difference > 0 ? "+" : "−"}
          {format.number(Math.abs(difference))}
        </span>
      )}
    </span>
  );
}
