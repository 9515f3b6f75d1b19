import { Ellipsis, Link2, LogOut, ScrollText, Send, Trash2, UserCheck, UserCog } from "lucide-react";
import type { StaffMember } from "@/api/staff";
import type { UserId } from "@/crypto/model/ids";
import { nameOf } from "@/features/console/people/people";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { sectionsFor } from "../sections";
import { mayDo } from "./model";
import type { StaffDialog } from "./StaffDialogs";

type PersonActsProps = {
  person: StaffMember;
  self: UserId | null;
  onOpen: (dialog: StaffDialog) => void;
};

/** What can be done to one person: the next act as a button, everything in a menu. */
export function PersonActs({ person, self, onOpen }: PersonActsProps) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what happens here is not the row being opened
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span className="inline-flex items-center gap-1" onClick={(event) => event.stopPropagation()}>
      {mayDo("confirm", person, self) ? (
        <Button
          size="sm"
          look="primary"
          onClick={() => onOpen({ kind: "act", act: "confirm", people: [person] })}
        >
          {t("client.confirm")}
        </Button>
      ) : null}
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("console.people.actsOf", { person: nameOf(person) })}
            icon={<Ellipsis className="size-4" />}
          />
        }
      >
        <Acts person={person} self={self} onOpen={onOpen} />
      </Menu>
    </span>
  );
}

function Acts({ person, self, onOpen }: PersonActsProps) {
  const t = useT();
  const { provider } = usePortal();
  const { go } = usePortalPlace();
  const { userId } = person;
  const logged = person.status === 2 && sectionsFor(provider).some(({ id }) => id === "audit");
  const leaves = mayDo("remove", person, self);
  return (
    <>
      {mayDo("resend", person, self) ? (
        <>
          <MenuItem icon={<Send />} onClick={() => onOpen({ kind: "act", act: "resend", people: [person] })}>
            {t("console.act.resend")}
          </MenuItem>
          <MenuItem icon={<Link2 />} onClick={() => onOpen({ kind: "link", person })}>
            {t("client.invitation")}
          </MenuItem>
        </>
      ) : null}
      {mayDo("confirm", person, self) ? (
        <MenuItem
          icon={<UserCheck />}
          onClick={() => onOpen({ kind: "act", act: "confirm", people: [person] })}
        >
          {t("client.confirm")}
        </MenuItem>
      ) : null}
      <MenuItem icon={<UserCog />} onClick={() => onOpen({ kind: "edit", person })}>
        {t("staff.edit")}
      </MenuItem>
      {logged && userId ? (
        <MenuItem icon={<ScrollText />} onClick={() => go("audit", { acting: userId })}>
          {t("staff.log")}
        </MenuItem>
      ) : null}
      {leaves ? <MenuSeparator /> : null}
      {mayDo("offboard", person, self) ? (
        <MenuItem danger icon={<LogOut />} onClick={() => onOpen({ kind: "offboard", person })}>
          {t("staff.offboardEverywhere")}
        </MenuItem>
      ) : null}
      {leaves ? (
        <MenuItem
          danger
          icon={<Trash2 />}
          onClick={() => onOpen({ kind: "act", act: "remove", people: [person] })}
        >
          {t("staff.remove")}
        </MenuItem>
      ) : null}
    </>
  );
}
