import { KeyRound, ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import type { GroupDetails, Member } from "@/api";
import type { GroupId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";
import type { Column } from "@/ui/Table";
import { useConsole } from "../scope";
import { PersonActs, type PersonActsProps } from "./PersonActs";
import { nameOf, rank, urgency } from "./people";
import { StatusBadge } from "./StatusBadge";

type Acts = Omit<PersonActsProps, "member">;

export function usePeopleColumns(groups: readonly GroupDetails[], acts: Acts): Column<Member>[] {
  const t = useT();
  const mayOpen = useConsole().rights.can("readMembers");
  return useMemo(() => {
    const names = new Map<GroupId, string>(groups.map((group) => [group.id, group.name]));
    const namesOf = (member: Member) =>
      (member.groups ?? []).flatMap((id) => names.get(id) ?? []).sort((a, b) => a.localeCompare(b));
    return [
      {
        id: "name",
        header: t("client.person"),
        narrow: "title",
        width: "minmax(13rem,3fr)",
        sortBy: nameOf,
        cell: (member) => (
          <>
            {mayOpen ? (
              <button
                type="button"
                className="block max-w-full truncate text-left text-base font-medium hover:underline"
                onClick={(event) => {
                  event.stopPropagation();
                  acts.onEdit(member, "role");
                }}
              >
                {nameOf(member)}
              </button>
            ) : (
              <span className="block truncate text-base font-medium">{nameOf(member)}</span>
            )}
            {member.name ? (
              <span className="block truncate text-muted max-sm:hidden">{member.email}</span>
            ) : null}
          </>
        ),
      },
      {
        id: "status",
        header: t("client.status"),
        narrow: "second",
        width: "10rem",
        sortBy: (member) => urgency[member.status],
        cell: (member) => <StatusBadge status={member.status} />,
        narrowCell: (member) => (
          <>
            <StatusBadge status={member.status} /> {t(`client.roles.${member.type}`)}
          </>
        ),
      },
      {
        id: "role",
        header: t("client.role"),
        narrow: "none",
        width: "7rem",
        sortBy: (member) => rank[member.type],
        cell: (member) => t(`client.roles.${member.type}`),
      },
      {
        id: "groups",
        header: t("console.section.groups"),
        narrow: "none",
        width: "minmax(8rem,2fr)",
        sortBy: (member) => namesOf(member).join(", "),
        cell: (member) => <Names names={namesOf(member)} />,
      },
      {
        id: "security",
        header: t("console.people.security"),
        narrow: "none",
        width: "6rem",
        sortBy: (member) => Number(member.twoFactorEnabled) * 2 + Number(member.resetPasswordEnrolled),
        cell: (member) => <Security member={member} />,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        narrow: "end",
        width: "9.5rem",
        cell: (member) => <PersonActs member={member} {...acts} />,
      },
    ];
  }, [t, mayOpen, groups, acts]);
}

const few = 2;

/** The first of several names, and how many more. */
export function Names({ names }: { names: readonly string[] }) {
  return (
    <span className="flex items-center gap-1 overflow-hidden" title={names.join(", ")}>
      {names.slice(0, few).map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
      {names.length > few ? <span className="text-muted">+{names.length - few}</span> : null}
    </span>
  );
}

function Security({ member }: { member: Member }) {
  const t = useT();
  const marks = [
    member.twoFactorEnabled ? { Icon: ShieldCheck, label: t("console.people.twoStep") } : null,
    member.resetPasswordEnrolled ? { Icon: KeyRound, label: t("console.people.recovery") } : null,
  ].filter((mark) => mark !== null);
  if (marks.length === 0) {
    return <span className="text-muted">–</span>;
  }
  return (
    <span className="flex items-center gap-2">
      {marks.map(({ Icon, label }) => (
        <span key={label} title={label}>
          <Icon className="size-4 text-good" aria-hidden />
          <span className="sr-only">{label}</span>
        </span>
      ))}
    </span>
  );
}
