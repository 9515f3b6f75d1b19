import { Ellipsis, LifeBuoy, LogOut } from "lucide-react";
import { useState } from "react";
import type { ProfileOrganization } from "@/api";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { EnrolDialog } from "./EnrolDialog";
import { enrolmentOf } from "./enrolment";
import { LeaveDialog } from "./LeaveDialog";
import { WithdrawDialog } from "./WithdrawDialog";

/** What a member can do about the membership itself. */
export function OrganizationMenu({ organization }: { organization: ProfileOrganization }) {
  const t = useT();
  const policies = useVault((state) => state.policies);
  const [dialog, setDialog] = useState<"enrol" | "withdraw" | "leave" | null>(null);
  const { enrolled, offered, everybody } = enrolmentOf(organization, policies);
  const close = () => setDialog(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("membership.menu", { name: organization.name })}
            icon={<Ellipsis className="size-4" />}
          />
        }
      >
        {offered && !enrolled ? (
          <MenuItem icon={<LifeBuoy />} onClick={() => setDialog("enrol")}>
            {t("membership.enrol")}
          </MenuItem>
        ) : null}
        {enrolled ? (
          <MenuItem icon={<LifeBuoy />} disabled={everybody} onClick={() => setDialog("withdraw")}>
            {t("membership.withdraw")}
          </MenuItem>
        ) : null}
        <MenuItem danger icon={<LogOut />} onClick={() => setDialog("leave")}>
          {t("membership.leave")}
        </MenuItem>
      </Menu>
      {dialog === "enrol" ? <EnrolDialog organization={organization} onClose={close} /> : null}
      {dialog === "withdraw" ? <WithdrawDialog organization={organization} onClose={close} /> : null}
      {dialog === "leave" ? <LeaveDialog organization={organization} onClose={close} /> : null}
    </>
  );
}
