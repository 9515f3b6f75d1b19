import {
  Archive,
  ArchiveRestore,
  Building2,
  Copy,
  FolderInput,
  LibraryBig,
  Send,
  Trash2,
} from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { handleError } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { cloneDraft } from "@/crypto";
import type { CipherListItem, CipherView } from "@/crypto/model/view";
import { LazySendDialog } from "@/features/send/LazySendDialog";
import { useT } from "@/i18n";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { useItemActs } from "../acts";
import { CollectionsDialog } from "../dialogs/CollectionsDialog";
import { ConfirmDelete } from "../dialogs/ConfirmDelete";
import { MoveDialog } from "../dialogs/MoveDialog";
import { ShareDialog } from "../dialogs/ShareDialog";
import { useScope } from "../scope";

type ItemMenuProps = {
  listed: CipherListItem;
  item: CipherView | null;
  trigger: ReactElement;
  onOpen: (id: string) => void;
  onGone: () => void;
};

/** Whether this is still on the screen when some work ends: whoever went elsewhere meanwhile stays there. */
function useStillHere() {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

/** The rarer acts on one item. */
export function ItemMenu({ listed, item, trigger, onOpen, onGone }: ItemMenuProps) {
  const t = useT();
  const scope = useScope();
  const acts = useItemActs(scope.store);
  const joined = useVault((state) => state.organizations).some((organization) => organization.status === 2);
  const [dialog, setDialog] = useState<"delete" | "move" | "share" | "collections" | "send" | null>(null);
  const own = scope.kind === "own";
  const trashed = listed.deletedDate !== null;
  const ids = [listed.id];
  const here = useStillHere();

  function leave(gone: boolean) {
    if (gone && here.current) {
      onGone();
    }
  }

  async function clone(source: CipherView) {
    try {
      onOpen(await scope.store.createItem(cloneDraft(source, t("vault.cloneName", { name: source.name }))));
    } catch (error) {
      handleError(error, t("vault.failed.clone"));
    }
  }

  return (
    <>
      <Menu trigger={trigger}>
        {trashed ? null : (
          <>
            <MenuItem icon={<Copy />} disabled={!item} onClick={() => item && void clone(item)}>
              {t("vault.clone")}
            </MenuItem>
            <MenuItem icon={<Send />} disabled={!item} onClick={() => setDialog("send")}>
              {t("vault.sendItem")}
            </MenuItem>
            {own ? (
              <MenuItem icon={<FolderInput />} onClick={() => setDialog("move")}>
                {t("vault.moveToFolder")}
              </MenuItem>
            ) : null}
            {own && !listed.organizationId && joined ? (
              <MenuItem icon={<Building2 />} disabled={!item} onClick={() => setDialog("share")}>
                {t("vault.shareWith")}
              </MenuItem>
            ) : null}
            {listed.organizationId && listed.edit ? (
              <MenuItem icon={<LibraryBig />} onClick={() => setDialog("collections")}>
                {t("vault.changeCollections")}
              </MenuItem>
            ) : null}
            {own && listed.archivedDate ? (
              <MenuItem icon={<ArchiveRestore />} onClick={() => void acts.unarchive(ids)}>
                {t("vault.unarchive")}
              </MenuItem>
            ) : own ? (
              <MenuItem icon={<Archive />} onClick={() => void acts.archive(ids)}>
                {t("vault.archive")}
              </MenuItem>
            ) : null}
            <MenuSeparator />
          </>
        )}
        {scope.menu ? (
          <>
            {scope.menu(listed)}
            <MenuSeparator />
          </>
        ) : null}
        {trashed ? (
          <MenuItem danger icon={<Trash2 />} disabled={!listed.canDelete} onClick={() => setDialog("delete")}>
            {t("vault.deleteForever")}
          </MenuItem>
        ) : (
          <MenuItem
            danger
            icon={<Trash2 />}
            disabled={!listed.canDelete}
            onClick={() => void acts.trash(ids).then(leave)}
          >
            {t("vault.moveToTrash")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDelete
        open={dialog === "delete"}
        count={1}
        onClose={() => setDialog(null)}
        onConfirm={() => acts.remove(ids).then(leave)}
      />
      <MoveDialog
        open={dialog === "move"}
        count={1}
        onClose={() => setDialog(null)}
        onMove={(folderId) => acts.move(ids, folderId)}
      />
      {dialog === "send" && item ? (
        <LazySendDialog
          item={item}
          {...(!own && { client: { name: scope.organizationName(scope.organizationId ?? "") } })}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === "share" ? (
        <ShareDialog
          open
          itemName={listed.name}
          onClose={() => setDialog(null)}
          onShare={(organizationId, collectionIds) => acts.share(listed.id, organizationId, collectionIds)}
        />
      ) : null}
      {dialog === "collections" ? (
        <CollectionsDialog listed={listed} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}
