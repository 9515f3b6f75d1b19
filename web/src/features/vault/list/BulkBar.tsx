import { Archive, ArchiveRestore, FolderInput, RotateCcw, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { useItemActs } from "../acts";
import { ConfirmDelete } from "../dialogs/ConfirmDelete";
import { MoveDialog } from "../dialogs/MoveDialog";
import type { VaultView } from "../model/filter";
import { useScope } from "../scope";
import type { Selection } from "./useSelection";

/** What can be done with all marked items at once. */
export function BulkBar({ selection, view }: { selection: Selection; view: VaultView["kind"] }) {
  const t = useT();
  const scope = useScope();
  const acts = useItemActs(scope.store);
  const [dialog, setDialog] = useState<"delete" | "move" | null>(null);
  const { ids } = selection;

  async function run(act: (ids: readonly string[]) => Promise<boolean>) {
    if (await act(ids)) {
      selection.clear();
    }
  }

  return (
    <div className="flex min-h-11 flex-wrap items-center gap-1.5 border-t border-line bg-surface px-3 py-1.5">
      <span className="mr-auto font-medium">{t("vault.selected", { count: selection.size })}</span>
      <Button size="sm" look="ghost" onClick={selection.all}>
        {t("vault.selectAll")}
      </Button>
      {view === "trash" ? (
        <>
          <IconButton
            size="sm"
            label={t("vault.restore")}
            icon={<RotateCcw className="size-4" />}
            onClick={() => void run(acts.restore)}
          />
          <IconButton
            size="sm"
            label={t("vault.deleteForever")}
            icon={<Trash2 className="size-4 text-bad" />}
            onClick={() => setDialog("delete")}
          />
        </>
      ) : (
        <>
          {scope.kind === "own" ? (
            <>
              <IconButton
                size="sm"
                label={t("vault.moveToFolder")}
                icon={<FolderInput className="size-4" />}
                onClick={() => setDialog("move")}
              />
              {view === "archive" ? (
                <IconButton
                  size="sm"
                  label={t("vault.unarchive")}
                  icon={<ArchiveRestore className="size-4" />}
                  onClick={() => void run(acts.unarchive)}
                />
              ) : (
                <IconButton
                  size="sm"
                  label={t("vault.archive")}
                  icon={<Archive className="size-4" />}
                  onClick={() => void run(acts.archive)}
                />
              )}
            </>
          ) : null}
          {scope.bulk?.(ids, selection.clear)}
          <IconButton
            size="sm"
            label={t("vault.moveToTrash")}
            icon={<Trash2 className="size-4" />}
            onClick={() => void run(acts.trash)}
          />
        </>
      )}
      <IconButton
        size="sm"
        label={t("vault.clearSelection")}
        icon={<X className="size-4" />}
        onClick={selection.clear}
      />
      <ConfirmDelete
        open={dialog === "delete"}
        count={selection.size}
        onClose={() => setDialog(null)}
        onConfirm={() => run(acts.remove)}
      />
      <MoveDialog
        open={dialog === "move"}
        count={selection.size}
        onClose={() => setDialog(null)}
        onMove={(folderId) => run((marked) => acts.move(marked, folderId))}
      />
    </div>
  );
}
