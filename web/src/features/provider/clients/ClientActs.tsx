import {
  CirclePause,
  CirclePlay,
  Ellipsis,
  HardDrive,
  PencilLine,
  Tags,
  Ticket,
  Unlink,
  UsersRound,
} from "lucide-react";
import { useT } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import type { ClientAct } from "./ClientDialogs";
import type { ClientRow } from "./row";

type ClientActsProps = { client: ClientRow; onAct: (act: ClientAct, client: ClientRow) => void };

/** What can be done with one client; what only administrators may do, service users do not see. */
export function ClientActs({ client, onAct }: ClientActsProps) {
  const t = useT();
  const { admin } = usePortal();
  const { goToClient } = usePortalPlace();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what happens here is not the row being opened
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span onClick={(event) => event.stopPropagation()}>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("clients.actsOf", { name: client.name })}
            icon={<Ellipsis className="size-4" />}
          />
        }
      >
        <MenuItem icon={<UsersRound />} onClick={() => goToClient(client.organizationId, "people")}>
          {t("clients.act.people")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<PencilLine />} onClick={() => onAct("rename", client)}>
          {t("clients.act.rename")}
        </MenuItem>
        <MenuItem icon={<Ticket />} onClick={() => onAct("seats", client)}>
          {t("clients.act.seats")}
        </MenuItem>
        {admin ? (
          <>
            <MenuItem icon={<HardDrive />} onClick={() => onAct("storage", client)}>
              {t("attachment.limit.title")}
            </MenuItem>
            <MenuItem icon={<Tags />} onClick={() => onAct("tags", client)}>
              {t("clients.act.tags")}
            </MenuItem>
            <MenuSeparator />
            {client.enabled ? (
              <MenuItem danger icon={<CirclePause />} onClick={() => onAct("enabled", client)}>
                {t("clients.act.suspend")}
              </MenuItem>
            ) : (
              <MenuItem icon={<CirclePlay />} onClick={() => onAct("enabled", client)}>
                {t("clients.act.resume")}
              </MenuItem>
            )}
            <MenuItem danger icon={<Unlink />} onClick={() => onAct("unlink", client)}>
              {t("clients.act.unlink")}
            </MenuItem>
          </>
        ) : null}
      </Menu>
    </span>
  );
}
