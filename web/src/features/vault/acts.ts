import { useMemo } from "react";
import { handleError } from "@/app/errors";
import { vault } from "@/app/services";
import { type T, useT } from "@/i18n";
import type { ItemStore } from "@/sync";
import { toast } from "@/ui/Toast";

type Ids = readonly string[];

/** What can be done to items from a list or their details: says what happened, and offers the way back. */
export function itemActs(store: ItemStore, t: T) {
  async function run(work: () => Promise<unknown>, failed: string, done?: () => void) {
    try {
      await work();
      done?.();
      return true;
    } catch (error) {
      handleError(error, failed);
      return false;
    }
  }
  const note = (title: string, back?: () => Promise<unknown>) =>
    toast({
      title,
      ...(back && {
        undo: { label: t("common.undo"), run: () => void run(back, t("vault.failed.undo")) },
      }),
    });

  return {
    trash: (ids: Ids) =>
      run(
        () => store.trashItems(ids),
        t("vault.failed.trash"),
        () => note(t("vault.did.trash", { count: ids.length }), () => store.restoreItems(ids)),
      ),
    restore: (ids: Ids) =>
      run(
        () => store.restoreItems(ids),
        t("vault.failed.restore"),
        () => note(t("vault.did.restore", { count: ids.length }), () => store.trashItems(ids)),
      ),
    remove: (ids: Ids) =>
      run(
        () => store.deleteItems(ids),
        t("vault.failed.remove"),
        () => note(t("vault.did.remove", { count: ids.length })),
      ),
    archive: (ids: Ids) =>
      run(
        () => vault.archiveItems(ids),
        t("vault.failed.archive"),
        () => note(t("vault.did.archive", { count: ids.length }), () => vault.unarchiveItems(ids)),
      ),
    unarchive: (ids: Ids) =>
      run(
        () => vault.unarchiveItems(ids),
        t("vault.failed.unarchive"),
        () => note(t("vault.did.unarchive", { count: ids.length }), () => vault.archiveItems(ids)),
      ),
    move: (ids: Ids, folderId: string | null) =>
      run(
        () => vault.moveItems(ids, folderId),
        t("vault.failed.move"),
        () => note(t("vault.did.move", { count: ids.length })),
      ),
    favorite: (id: string, favorite: boolean) =>
      run(() => vault.setFavorite(id, favorite), t("vault.failed.favorite")),
    share: (id: string, organizationId: string, collectionIds: Ids) =>
      run(
        () => vault.shareItem(id, organizationId, collectionIds),
        t("vault.failed.share"),
        () => note(t("vault.did.share")),
      ),
  };
}

export function useItemActs(store: ItemStore) {
  const t = useT();
  return useMemo(() => itemActs(store, t), [store, t]);
}
