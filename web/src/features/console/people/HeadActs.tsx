import { Download, Ellipsis, UserMinus, UserPlus } from "lucide-react";
import type { Member } from "@/api";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { useMemberExport } from "./exportMembers";
import type { PeopleDialog } from "./PeopleDialogs";

type HeadActsProps = {
  /** Those who are listed at the moment. */
  members: readonly Member[];
  mayInvite: boolean;
  onOpen: (dialog: PeopleDialog) => void;
};

/** What can be done here that is about nobody in particular. */
export function HeadActs({ members, mayInvite, onOpen }: HeadActsProps) {
  const t = useT();
  const save = useMemberExport();
  return (
    <>
      <Menu trigger={<IconButton label={t("common.more")} icon={<Ellipsis className="size-4" />} />}>
        {mayInvite ? (
          <MenuItem icon={<UserMinus />} onClick={() => onOpen({ kind: "offboard", member: null })}>
            {t("console.job.offboard")}
          </MenuItem>
        ) : null}
        <MenuItem icon={<Download />} disabled={members.length === 0} onClick={() => save(members)}>
          {t("console.people.export")}
        </MenuItem>
      </Menu>
      {mayInvite ? (
        <Button
          look="primary"
          icon={<UserPlus className="size-4" />}
          onClick={() => onOpen({ kind: "invite" })}
        >
          {t("console.people.invite")}
        </Button>
      ) : null}
    </>
  );
}
