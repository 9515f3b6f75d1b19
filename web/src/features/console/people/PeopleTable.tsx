import { useMemo } from "react";
import type { GroupDetails, Member } from "@/api";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import type { Selection } from "@/ui/selection";
import { Table } from "@/ui/Table";
import { useGroups } from "../data";
import { useConsole } from "../scope";
import { usePeopleColumns } from "./columns";
import type { MemberTab } from "./MemberForm";
import type { PeopleDialog } from "./PeopleDialogs";
import { type MemberAct, nameOf } from "./people";

type PeopleTableProps = {
  members: Member[];
  self: string | null;
  selection: Selection;
  onOpen: (dialog: PeopleDialog) => void;
};

const noGroups: readonly GroupDetails[] = [];
const rowKey = ({ id }: Member) => id;

export function PeopleTable({ members, self, selection, onOpen }: PeopleTableProps) {
  const t = useT();
  const { rights } = useConsole();
  const groups = useGroups();
  const acts = useMemo(
    () => ({
      self,
      onEdit: (member: Member, tab: MemberTab) => onOpen({ kind: "edit", member, tab }),
      onAct: (act: MemberAct, member: Member) => onOpen({ kind: "act", act, members: [member] }),
      onLink: (member: Member) => onOpen({ kind: "link", member }),
      onOffboard: (member: Member) => onOpen({ kind: "offboard", member }),
      onRecover: (member: Member) => onOpen({ kind: "recover", member }),
    }),
    [self, onOpen],
  );
  return (
    <Table
      label={t("console.section.people")}
      choose="console-people"
      columns={usePeopleColumns(groups.data ?? noGroups, acts)}
      rows={members}
      rowKey={rowKey}
      initialSort={{ id: "status" }}
      {...(rights.can("readMembers") && { onOpen: (member: Member) => acts.onEdit(member, "role") })}
      selection={{
        marked: selection,
        allLabel: t("vault.selectAll"),
        rowLabel: (member) => t("vault.select", { name: nameOf(member) }),
      }}
      lead={(member) => (
        <Avatar round seed={member.userId ?? member.email} name={nameOf(member)} color={member.avatarColor} />
      )}
    />
  );
}
