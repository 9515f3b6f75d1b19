import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@/api";
import type { StaffMember } from "@/api/staff";
import { api } from "@/app/services";
import type { UserId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/States";
import { usePortal } from "../scope";
import { ActDialog } from "./ActDialog";
import { ConfirmDialog } from "./ConfirmDialog";
import { EditPanel } from "./EditPanel";
import { InviteDialog } from "./InviteDialog";
import type { StaffAct } from "./model";
import { OffboardDialog } from "./OffboardDialog";

/** What stands open above the list. */
export type StaffDialog =
  | { readonly kind: "invite" }
  | { readonly kind: "edit"; readonly person: StaffMember }
  | { readonly kind: "act"; readonly act: StaffAct; readonly people: readonly StaffMember[] }
  | { readonly kind: "link"; readonly person: StaffMember }
  | { readonly kind: "offboard"; readonly person: StaffMember };

type StaffDialogsProps = {
  dialog: StaffDialog | null;
  team: readonly StaffMember[];
  self: UserId | null;
  onOpen: (dialog: StaffDialog) => void;
  onClose: () => void;
};

export function StaffDialogs({ dialog, team, self, onOpen, onClose }: StaffDialogsProps) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "invite":
      return <InviteDialog team={team} onClose={onClose} />;
    case "edit":
      return (
        <EditPanel
          person={dialog.person}
          self={dialog.person.userId !== null && dialog.person.userId === self}
          onOffboard={() =>
            onOpen(
              dialog.person.userId
                ? { kind: "offboard", person: dialog.person }
                : { kind: "act", act: "remove", people: [dialog.person] },
            )
          }
          onClose={onClose}
        />
      );
    case "act":
      return dialog.act === "confirm" ? (
        <ConfirmDialog people={dialog.people} onClose={onClose} />
      ) : (
        <ActDialog act={dialog.act} people={dialog.people} onClose={onClose} />
      );
    case "link":
      return <LinkDialog person={dialog.person} onClose={onClose} />;
    case "offboard":
      return <OffboardDialog person={dialog.person} onClose={onClose} />;
  }
}

function LinkDialog({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const link = useQuery({
    queryKey: ["invite-link", providerId, person.id],
    queryFn: () => api.providers.inviteLink(providerId, person.id),
    retry: (count, error) => !(error instanceof ApiError) && count < 2,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("client.invitationOf", { email: person.email })}
      footer={<Button onClick={onClose}>{t("common.done")}</Button>}
    >
      {link.isPending ? (
        <Skeleton className="h-16" />
      ) : link.isError ? (
        <Callout mood="good">{t("provider.inviteMailed")}</Callout>
      ) : (
        <div className="flex flex-col gap-3">
          <p className="text-muted">{t("provider.inviteByHand")}</p>
          <div className="flex items-center gap-2 rounded-lg border border-line bg-surface py-1.5 pr-1.5 pl-3">
            <code className="min-w-0 flex-1 truncate font-mono text-sm">{link.data.url}</code>
            <CopyButton value={link.data.url} wordy label={t("provider.copyLink")} />
          </div>
          <p className="text-sm text-muted">{t("staff.linkOnce")}</p>
        </div>
      )}
    </Dialog>
  );
}
