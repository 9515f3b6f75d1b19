import {
  Ban,
  Ellipsis,
  KeySquare,
  LibraryBig,
  Link2,
  RotateCcw,
  ScrollText,
  Send,
  Trash2,
  UserCheck,
  UserCog,
  UserMinus,
  UsersRound,
} from "lucide-react";
import type { Member } from "@/api";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { memberDialogs, sectionsFor } from "../sections";
import type { MemberTab } from "./MemberForm";
import { type MemberAct, mayDo, nameOf } from "./people";

export type PersonActsProps = {
  member: Member;
  self: string | null;
  onEdit: (member: Member, tab: MemberTab) => void;
  onAct: (act: MemberAct, member: Member) => void;
  onLink: (member: Member) => void;
  onOffboard: (member: Member) => void;
  onRecover: (member: Member) => void;
};

/** What can be done to one person: the next act as a button, everything in a menu. */
export function PersonActs(props: PersonActsProps) {
  const { member, self, onAct } = props;
  const t = useT();
  const { rights } = useConsole();
  const person = nameOf(member);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what happens here is not the row being opened
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span className="inline-flex items-center gap-1" onClick={(event) => event.stopPropagation()}>
      {mayDo("confirm", member, rights, self) ? (
        <Button size="sm" look="primary" onClick={() => onAct("confirm", member)}>
          {t("client.confirm")}
        </Button>
      ) : null}
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("console.people.actsOf", { person })}
            icon={<Ellipsis className="size-4" />}
          />
        }
      >
        <Acts {...props} />
      </Menu>
    </span>
  );
}

function Acts({ member, self, onEdit, onAct, onLink, onOffboard, onRecover }: PersonActsProps) {
  const t = useT();
  const { rights, summary } = useConsole();
  const { go } = usePlace();
  const may = (act: MemberAct) => mayDo(act, member, rights, self);
  const handles = rights.mayHandle(member.type);
  const recoverable =
    memberDialogs.recovery !== null &&
    member.resetPasswordEnrolled &&
    summary.hasPublicAndPrivateKeys === true &&
    rights.mayRecover(member.type);
  const events = member.status === 2 && sectionsFor(rights, summary).some(({ id }) => id === "events");
  return (
    <>
      {may("resend") ? (
        <>
          <MenuItem icon={<Send />} onClick={() => onAct("resend", member)}>
            {t("console.act.resend")}
          </MenuItem>
          <MenuItem icon={<Link2 />} onClick={() => onLink(member)}>
            {t("client.invitation")}
          </MenuItem>
        </>
      ) : null}
      {may("confirm") ? (
        <MenuItem icon={<UserCheck />} onClick={() => onAct("confirm", member)}>
          {t("client.confirm")}
        </MenuItem>
      ) : null}
      {handles ? (
        <>
          <MenuItem icon={<UserCog />} onClick={() => onEdit(member, "role")}>
            {t("console.act.role")}
          </MenuItem>
          {summary.useGroups ? (
            <MenuItem icon={<UsersRound />} onClick={() => onEdit(member, "groups")}>
              {t("console.section.groups")}
            </MenuItem>
          ) : null}
          <MenuItem icon={<LibraryBig />} onClick={() => onEdit(member, "collections")}>
            {t("vault.collections")}
          </MenuItem>
        </>
      ) : null}
      {events ? (
        <MenuItem icon={<ScrollText />} onClick={() => go("events", { member: member.id })}>
          {t("console.section.events")}
        </MenuItem>
      ) : null}
      {recoverable ? (
        <MenuItem icon={<KeySquare />} onClick={() => onRecover(member)}>
          {t("console.act.recover")}
        </MenuItem>
      ) : null}
      {may("restore") ? (
        <MenuItem icon={<RotateCcw />} onClick={() => onAct("restore", member)}>
          {t("console.act.restore")}
        </MenuItem>
      ) : null}
      {may("remove") ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<UserMinus />} onClick={() => onOffboard(member)}>
            {t("console.act.offboard")}
          </MenuItem>
          {may("revoke") ? (
            <MenuItem icon={<Ban />} onClick={() => onAct("revoke", member)}>
              {t("console.act.revoke")}
            </MenuItem>
          ) : null}
          <MenuItem danger icon={<Trash2 />} onClick={() => onAct("remove", member)}>
            {t("console.act.remove")}
          </MenuItem>
        </>
      ) : null}
    </>
  );
}
