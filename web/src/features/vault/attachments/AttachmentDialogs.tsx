import { type FormEvent, useState } from "react";
import { explain, handleError } from "@/app/errors";
import type { AttachmentView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { useScope } from "../scope";

type DialogProps = { itemId: string; file: AttachmentView; onClose: () => void };

export function RenameAttachment({ itemId, file, onClose }: DialogProps) {
  const t = useT();
  const { store, badge } = useScope();
  const [name, setName] = useState(file.fileName);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const after = name.trim();

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await store.files.rename(itemId, file.id, after);
      onClose();
    } catch (caught) {
      setError(explain(caught, t));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      changed={name !== file.fileName}
      title={t("attachment.renameTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form="rename-attachment"
            pending={busy}
            disabled={after === "" || after === file.fileName}
          >
            {t("attachment.rename")}
          </Button>
        </>
      }
    >
      <form id="rename-attachment" noValidate onSubmit={(event) => void save(event)}>
        <Field label={t("attachment.fileName")} error={error}>
          <Input
            autoFocus
            value={name}
            onFocus={(event) => selectStem(event.target)}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

/** What people change is the part before the ending. */
function selectStem(input: HTMLInputElement) {
  const end = input.value.lastIndexOf(".");
  input.setSelectionRange(0, end > 0 ? end : input.value.length);
}

export function DeleteAttachment({ itemId, file, onClose }: DialogProps) {
  const t = useT();
  const { store, badge } = useScope();
  const [busy, setBusy] = useState(false);

  async function remove() {
    setBusy(true);
    try {
      await store.files.remove(itemId, file.id);
      toast({ title: t("attachment.deleted", { name: file.fileName }) });
    } catch (error) {
      handleError(error, t("attachment.deleteFailed", { name: file.fileName }));
    }
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("attachment.deleteTitle", { name: file.fileName })}
      description={t("attachment.deleteText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void remove()}>
            {t("attachment.delete")}
          </Button>
        </>
      }
    />
  );
}
