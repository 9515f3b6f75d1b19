import { useMemo } from "react";
import { type T, useT } from "@/i18n";
import type { ItemFiles } from "@/sync";
import { toast } from "@/ui/Toast";
import { useScope } from "../scope";
import { saveAs } from "./saveAs";
import { transfers } from "./useTransfers";

/** A browser holds a whole file in memory to encrypt it, and cannot hold more in one piece. */
const largest = 2 ** 31 - 2 ** 20;

type Kept = { readonly id: string; readonly fileName: string; readonly size: number };

function fileActs(files: ItemFiles, itemId: string, t: T) {
  return {
    add(chosen: readonly File[]) {
      const fitting = chosen.filter(({ size }) => size <= largest);
      for (const file of fitting) {
        const { name, size } = file;
        transfers.add({
          ...{ kind: "upload", itemId, attachmentId: null, name, size },
          run: (options) => files.add(itemId, file, options),
        });
      }
      if (fitting.length < chosen.length) toast({ title: t("attachment.tooLarge"), mood: "bad" });
    },
    download({ id, fileName, size }: Kept) {
      transfers.add({
        ...{ kind: "download", itemId, attachmentId: id, name: fileName, size },
        run: async (options) => saveAs(await files.read(itemId, id, options), fileName),
      });
    },
    upgrade({ id, fileName, size }: Kept) {
      transfers.add({
        ...{ kind: "upgrade", itemId, attachmentId: id, name: fileName, size },
        run: (options) => files.upgrade(itemId, id, options),
      });
    },
  };
}

/** What is done with the files of one item and takes its time. */
export function useFileActs(itemId: string) {
  const t = useT();
  const { files } = useScope().store;
  return useMemo(() => fileActs(files, itemId, t), [files, itemId, t]);
}
