import { Suspense } from "react";
import type { Member } from "@/api";
import { InviteLink } from "@/features/invitation";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useConsole } from "../scope";
import { memberDialogs } from "../sections";
import { BulkDialog } from "./BulkDialog";
import { ConfirmDialog } from "./ConfirmDialog";
import { ConfirmManyDialog } from "./ConfirmManyDialog";
import { InviteDialog } from "./InviteDialog";
import type { MemberTab } from "./MemberForm";
import { MemberPanel } from "./MemberPanel";
import { OffboardDialog } from "./OffboardDialog";
import { type MemberAct, mayDo } from "./people";

/** What stands open above the list. */
export type PeopleDialog =
  | { readonly kind: "invite" }
  | { readonly kind: "edit"; readonly member: Member; readonly tab: MemberTab }
  | { readonly kind: "act"; readonly act: MemberAct; readonly members: readonly Member[] }
  | { readonly kind: "link"; readonly member: Member }
  | { readonly kind: "offboard"; readonly member: Member | null }
  | { readonly kind: "recover"; readonly member: Member };

type PeopleDialogsProps = {
  dialog: PeopleDialog | null;
  members: readonly Member[];
  self: string | null;
  onOpen: (dialog: PeopleDialog) => void;
  onClose: () => void;
};

export function PeopleDialogs({ dialog, members, self, onOpen, onClose }: PeopleDialogsProps) {
  const { rights } = useConsole();
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "invite":
      return <InviteDialog members={members} onClose={onClose} />;
    case "edit":
      return (
        <MemberPanel
          member={dialog.member}
          tab={dialog.tab}
          self={dialog.member.userId !== null && dialog.member.userId === self}
          onOffboard={() => onOpen({ kind: "offboard", member: dialog.member })}
          onClose={onClose}
        />
      );
    case "act":
      return <ActDialog act={dialog.act} members={dialog.members} onClose={onClose} />;
    case "link":
      return <LinkDialog member={dialog.member} onClose={onClose} />;
    case "offboard":
      return (
        <OffboardDialog
          member={dialog.member}
          candidates={members.filter((member) => mayDo("remove", member, rights, self))}
          onClose={onClose}
        />
      );
    case "recover": {
      const Recovery = memberDialogs.recovery;
      return Recovery ? (
        <Suspense>
          <Recovery member={dialog.member} onClose={onClose} />
        </Suspense>
      ) : null;
    }
  }
}

type ActDialogProps = { act: MemberAct; members: readonly Member[]; onClose: () => void };

function ActDialog({ act, members, onClose }: ActDialogProps) {
  const [first] = members;
  if (act !== "confirm") {
    return <BulkDialog act={act} members={members} onClose={onClose} />;
  }
  return members.length === 1 && first ? (
    <ConfirmDialog member={first} onClose={onClose} />
  ) : (
    <ConfirmManyDialog members={members} onClose={onClose} />
  );
}

function LinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT();
  const { organizationId, badge } = useConsole();
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("client.invitationOf", { email: member.email })}
      footer={<Button onClick={onClose}>{t("common.done")}</Button>}
    >
      <InviteLink organizationId={organizationId} memberId={member.id} />
    </Dialog>
  );
}
