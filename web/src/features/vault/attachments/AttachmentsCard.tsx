import { FileUp, Plus } from "lucide-react";
import { useRef, useState } from "react";
import type { AttachmentView, CipherView } from "@/crypto/model/view";
import { StorageLine } from "@/features/storage";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { DeleteAttachment, RenameAttachment } from "./AttachmentDialogs";
import { AttachmentRow } from "./AttachmentRow";
import { TransferActs, TransferStatus } from "./TransferLine";
import { useFocusKept } from "./useFocusKept";
import { useFileActs } from "./useItemFiles";
import { useTransfers } from "./useTransfers";

/** Files may be added to what one may edit, unless it lies in the trash. */
export const takesFiles = (item: Pick<CipherView, "edit" | "deletedDate">) =>
  item.edit && item.deletedDate === null;

/** The files of an item, those that are on their way to it, and the way for more. */
export function AttachmentsCard({ item }: { item: CipherView }) {
  const t = useT();
  const acts = useFileActs(item.id);
  const all = useTransfers(item.id);
  const [dialog, setDialog] = useState<{ kind: "rename" | "delete"; file: AttachmentView } | null>(null);
  const area = useRef<HTMLElement>(null);
  const onFocus = useFocusKept(area);
  const mayEdit = takesFiles(item);
  const uploads = all.filter(({ kind }) => kind === "upload");
  const some = item.attachments.length + uploads.length > 0;
  const old = mayEdit && item.attachments.some((file) => file.old);
  if (!(some || mayEdit)) {
    return null;
  }
  return (
    <section ref={area} aria-labelledby="attachments" onFocus={onFocus}>
      <h3 id="attachments" className="mb-1.5 px-1 text-sm font-medium text-muted">
        {t("attachment.title")}
      </h3>
      <div className="divide-y divide-line rounded-xl border border-line">
        {some ? (
          <ul className="divide-y divide-line">
            {item.attachments.map((file) => (
              <AttachmentRow
                key={file.id}
                file={file}
                transfer={all.find(({ attachmentId }) => attachmentId === file.id)}
                mayEdit={mayEdit}
                onDownload={() => acts.download(file)}
                onUpgrade={() => acts.upgrade(file)}
                onRename={() => setDialog({ kind: "rename", file })}
                onDelete={() => setDialog({ kind: "delete", file })}
              />
            ))}
            {uploads.map((transfer) => (
              <li key={transfer.key} className="flex items-center gap-3 py-2.5 pr-2 pl-4">
                <FileUp className="size-4 shrink-0 text-muted" aria-hidden />
                <div className="min-w-0 flex-1">
                  <p className="mb-1 truncate font-medium" title={transfer.name}>
                    {transfer.name}
                  </p>
                  <TransferStatus transfer={transfer} />
                </div>
                <TransferActs transfer={transfer} />
              </li>
            ))}
          </ul>
        ) : null}
        {old ? (
          <div className="p-2">
            <Callout mood="warn">{t("attachment.oldText")}</Callout>
          </div>
        ) : null}
        {mayEdit ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <AddFiles onFiles={acts.add} />
            <p className="min-w-0 flex-1 basis-36 text-sm text-muted max-sm:hidden">
              {t("attachment.orDrop")}
            </p>
            <StorageLine organizationId={item.organizationId} version={item.attachments} />
          </div>
        ) : null}
      </div>
      {dialog?.kind === "rename" ? (
        <RenameAttachment itemId={item.id} file={dialog.file} onClose={() => setDialog(null)} />
      ) : null}
      {dialog?.kind === "delete" ? (
        <DeleteAttachment itemId={item.id} file={dialog.file} onClose={() => setDialog(null)} />
      ) : null}
    </section>
  );
}

function AddFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const t = useT();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        aria-label={t("attachment.choose")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          event.target.value = "";
        }}
      />
      <Button size="sm" icon={<Plus className="size-4" />} onClick={() => chooser.current?.click()}>
        {t("attachment.add")}
      </Button>
    </>
  );
}
