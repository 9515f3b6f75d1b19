import { Building2, ChevronDown, Link2, Plus } from "lucide-react";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import type { ClientDialog } from "./ClientDialogs";

/** The commonest way to a client as a button, the other one beside it. */
export function AddMenu({ onOpen }: { onOpen: (dialog: ClientDialog) => void }) {
  const t = useT();
  return (
    <span className="flex items-center gap-1.5">
      <Button look="primary" icon={<Plus className="size-4" />} onClick={() => onOpen({ kind: "create" })}>
        {t("provider.newClient")}
      </Button>
      <Menu
        trigger={
          <IconButton
            label={t("clients.otherWays")}
            icon={<ChevronDown className="size-4" />}
            className="border border-line"
          />
        }
      >
        <MenuItem icon={<Building2 />} onClick={() => onOpen({ kind: "create" })}>
          {t("clients.addNew")}
        </MenuItem>
        <MenuItem icon={<Link2 />} onClick={() => onOpen({ kind: "existing" })}>
          {t("clients.addExisting")}
        </MenuItem>
      </Menu>
    </span>
  );
}
