import { useMemo } from "react";
import type { StaffMember } from "@/api/staff";
import type { UserId } from "@/crypto/model/ids";
import { nameOf } from "@/features/console/people/people";
import { StatusBadge } from "@/features/console/people/StatusBadge";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import type { Selection } from "@/ui/selection";
import { type Column, Table } from "@/ui/Table";
import { urgency } from "./model";
import { PersonActs } from "./PersonActs";
import { ReachSummary } from "./ReachSummary";
import type { StaffDialog } from "./StaffDialogs";

type PeopleTableProps = {
  people: StaffMember[];
  self: UserId | null;
  selection: Selection;
  onOpen: (dialog: StaffDialog) => void;
};

const rowKey = ({ id }: StaffMember) => id;

export function PeopleTable({ people, self, selection, onOpen }: PeopleTableProps) {
  const t = useT();
  return (
    <Table
      label={t("portal.section.people")}
      choose="portal-team"
      columns={useColumns(self, onOpen)}
      rows={people}
      rowKey={rowKey}
      initialSort={{ id: "status" }}
      onOpen={(person) => onOpen({ kind: "edit", person })}
      selection={{
        marked: selection,
        allLabel: t("staff.markAll"),
        rowLabel: (person) => t("staff.mark", { name: nameOf(person) }),
      }}
      lead={(person) => <Avatar round seed={person.userId ?? person.email} name={nameOf(person)} />}
    />
  );
}

function useColumns(self: UserId | null, onOpen: (dialog: StaffDialog) => void): Column<StaffMember>[] {
  const t = useT();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("client.person"),
        narrow: "title",
        width: "minmax(14rem,3fr)",
        sortBy: (person) => nameOf(person),
        cell: (person) => (
          <>
            <button
              type="button"
              className="block max-w-full truncate text-left text-base font-medium hover:underline"
              onClick={(event) => {
                event.stopPropagation();
                onOpen({ kind: "edit", person });
              }}
            >
              {nameOf(person)}
              {person.userId !== null && person.userId === self ? (
                <span className="font-normal text-muted"> ({t("staff.you")})</span>
              ) : null}
            </button>
            {person.name ? (
              <span className="block truncate text-muted max-sm:hidden">{person.email}</span>
            ) : null}
          </>
        ),
      },
      {
        id: "status",
        header: t("client.status"),
        narrow: "second",
        width: "10rem",
        sortBy: (person) => urgency[person.status],
        cell: (person) => <StatusBadge status={person.status} />,
        narrowCell: (person) => (
          <>
            {person.status === 2 ? null : <StatusBadge status={person.status} />}{" "}
            {t(`staff.roles.${person.type}`)} · <ReachSummary person={person} />
          </>
        ),
      },
      {
        id: "role",
        header: t("client.role"),
        narrow: "none",
        width: "9rem",
        sortBy: (person) => person.type,
        cell: (person) =>
          person.type === 0 ? <Badge mood="accent">{t("staff.roles.0")}</Badge> : t("staff.roles.1"),
      },
      {
        id: "reach",
        header: t("staff.reach"),
        narrow: "none",
        width: "minmax(10rem,2fr)",
        cell: (person) => <ReachSummary person={person} />,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        narrow: "end",
        width: "9.5rem",
        cell: (person) => <PersonActs person={person} self={self} onOpen={onOpen} />,
      },
    ],
    [t, self, onOpen],
  );
}
