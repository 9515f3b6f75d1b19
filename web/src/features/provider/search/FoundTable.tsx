import { Link } from "@tanstack/react-router";
import { ShieldCheck, ShieldOff } from "lucide-react";
import { useMemo } from "react";
import type { FleetPerson } from "@/api/audit";
import { StatusBadge } from "@/features/console/people/StatusBadge";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { type Column, Table } from "@/ui/Table";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";

const nameOf = ({ name, email }: FleetPerson) => name || email;

/** People with the client where each is a member; whoever is at several stands there several times. */
export function FoundTable({ people }: { people: FleetPerson[] }) {
  const t = useT();
  const { providerId } = usePortal();
  const { goToClient } = usePortalPlace();
  const columns = useMemo<Column<FleetPerson>[]>(
    () => [
      {
        id: "name",
        header: t("client.person"),
        width: "minmax(13rem,2fr)",
        narrow: "title",
        sortBy: nameOf,
        cell: (person) => (
          <>
            <Link
              to="/providers/$providerId/clients/$organizationId/$tab"
              params={{ providerId, organizationId: person.organizationId, tab: "people" }}
              search={{ member: person.memberId }}
              onClick={(event) => event.stopPropagation()}
              className="block truncate text-base font-medium hover:underline"
            >
              {nameOf(person)}
            </Link>
            {person.name ? (
              <span className="block truncate text-muted max-sm:hidden">{person.email}</span>
            ) : null}
          </>
        ),
      },
      {
        id: "client",
        header: t("baselines.client"),
        width: "minmax(10rem,1.5fr)",
        narrow: "second",
        sortBy: ({ clientName }) => clientName,
        cell: ({ clientName, organizationId }) => (
          <span className="flex min-w-0 items-center gap-2">
            <Avatar size="sm" seed={organizationId} name={clientName} />
            <span className="truncate">{clientName}</span>
          </span>
        ),
        narrowCell: ({ clientName, type }) => `${clientName} · ${t(`client.roles.${type}`)}`,
      },
      {
        id: "status",
        header: t("client.status"),
        width: "10rem",
        narrow: "end",
        sortBy: ({ status }) => status,
        cell: ({ status }) => <StatusBadge status={status} />,
      },
      {
        id: "role",
        header: t("client.role"),
        width: "8rem",
        narrow: "none",
        sortBy: ({ type }) => type,
        cell: ({ type }) => t(`client.roles.${type}`),
      },
      {
        id: "twoStep",
        header: t("console.people.twoStep"),
        width: "9rem",
        narrow: "none",
        sortBy: ({ twoStep }) => Number(twoStep),
        cell: ({ twoStep, status }) => (status >= 1 ? <TwoStep on={twoStep} /> : "–"),
      },
    ],
    [t, providerId],
  );
  return (
    <Table
      label={t("portal.section.search")}
      columns={columns}
      rows={people}
      rowKey={({ memberId }) => memberId}
      initialSort={{ id: "as they come" }}
      lead={(person) => <Avatar round seed={person.email} name={nameOf(person)} />}
      onOpen={({ organizationId, memberId }) => goToClient(organizationId, "people", { member: memberId })}
    />
  );
}

function TwoStep({ on }: { on: boolean }) {
  const t = useT();
  const Icon = on ? ShieldCheck : ShieldOff;
  return (
    <span className="flex items-center gap-1.5">
      <Icon className={on ? "size-4 text-good" : "size-4 text-warn"} aria-hidden />
      {t(on ? "vault.yes" : "vault.no")}
    </span>
  );
}
