import { UserCheck } from "lucide-react";
import { useMemo, useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import { InviteLink } from "@/features/invitation";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Badge, Callout, type Mood } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { type Column, Table } from "@/ui/Table";
import { useMembers } from "../data";
import { useConsole } from "../scope";
import { ConfirmDialog } from "./ConfirmDialog";

const moods: Record<Member["status"], Mood> = {
  [-1]: "bad",
  0: "neutral",
  1: "warn",
  2: "good",
  3: "neutral",
};

/** Who waits for somebody comes first. */
const urgency: Record<Member["status"], number> = { 1: 0, 0: 1, 3: 2, 2: 3, [-1]: 4 };

const nameOf = (member: Member) => member.name ?? member.email;
const byName = (members: readonly Member[]) =>
  [...members].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));

export function PeoplePage() {
  const t = useT();
  const { organizationId, name, badge } = useConsole();
  const members = useMembers();
  const [confirming, setConfirming] = useState<Member | null>(null);
  const [inviting, setInviting] = useState<Member | null>(null);
  const columns = useColumns(setConfirming, setInviting);

  if (members.isPending) {
    return <SkeletonRows count={4} />;
  }
  if (members.isError) {
    return (
      <ErrorState
        title={t("client.peopleFailed", { name })}
        action={<Button onClick={() => void members.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(members.error, t)}
      </ErrorState>
    );
  }
  const waiting = members.data.filter((member) => member.status === 1).length;
  return (
    <>
      {waiting > 0 ? (
        <div className="px-4 pt-3 sm:px-6">
          <Callout mood="warn" icon={<UserCheck />}>
            {t("client.waiting", { count: waiting })}
          </Callout>
        </div>
      ) : null}
      <div className="px-4 py-2.5 text-sm text-muted sm:px-6" role="status">
        {t("client.peopleCount", { count: members.data.length })}
      </div>
      {members.data.length === 0 ? (
        <EmptyState title={t("client.noPeople")} />
      ) : (
        <Table
          label={t("client.people")}
          columns={columns}
          rows={byName(members.data)}
          rowKey={(member) => member.id}
          initialSort={{ id: "status" }}
          lead={(member) => (
            <Avatar
              round
              seed={member.userId ?? member.email}
              name={nameOf(member)}
              color={member.avatarColor}
            />
          )}
        />
      )}
      {confirming ? <ConfirmDialog member={confirming} onClose={() => setConfirming(null)} /> : null}
      {inviting ? (
        <Dialog
          open
          onClose={() => setInviting(null)}
          scope={badge}
          title={t("client.invitationOf", { email: inviting.email })}
          footer={<Button onClick={() => setInviting(null)}>{t("common.done")}</Button>}
        >
          <InviteLink organizationId={organizationId} memberId={inviting.id} />
        </Dialog>
      ) : null}
    </>
  );
}

function useColumns(
  onConfirm: (member: Member) => void,
  onInvite: (member: Member) => void,
): Column<Member>[] {
  const t = useT();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("client.person"),
        narrow: "title",
        width: "minmax(14rem,3fr)",
        sortBy: nameOf,
        cell: (member) => (
          <>
            <span className="block truncate text-base font-medium">{nameOf(member)}</span>
            {member.name ? (
              <span className="block truncate text-muted max-sm:hidden">{member.email}</span>
            ) : null}
          </>
        ),
      },
      {
        id: "role",
        header: t("client.role"),
        narrow: "none",
        width: "8rem",
        sortBy: (member) => member.type,
        cell: (member) => t(`client.roles.${member.type}`),
      },
      {
        id: "status",
        header: t("client.status"),
        narrow: "second",
        width: "11rem",
        sortBy: (member) => urgency[member.status],
        cell: (member) => (
          <Badge mood={moods[member.status]}>
            {t(member.status === -1 ? "client.statuses.revoked" : `client.statuses.${member.status}`)}
          </Badge>
        ),
      },
      {
        id: "act",
        header: t("common.actions"),
        quiet: true,
        end: true,
        narrow: "end",
        width: "11rem",
        cell: (member) =>
          member.status === 1 ? (
            <Button size="sm" look="primary" onClick={() => onConfirm(member)}>
              {t("client.confirm")}
            </Button>
          ) : member.status === 0 ? (
            <Button size="sm" onClick={() => onInvite(member)}>
              {t("client.invitation")}
            </Button>
          ) : null,
      },
    ],
    [t, onConfirm, onInvite],
  );
}
