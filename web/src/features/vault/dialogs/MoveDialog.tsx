import { useState } from "react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Select } from "@/ui/Field";
import { useScope } from "../scope";

type MoveDialogProps = {
  open: boolean;
  count: number;
  onClose: () => void;
  onMove: (folderId: string | null) => Promise<unknown>;
};

export function MoveDialog({ open, count, onClose, onMove }: MoveDialogProps) {
  const t = useT();
  const { folders } = useScope();
  const [folder, setFolder] = useState("");
  const [busy, setBusy] = useState(false);

  async function move() {
    setBusy(true);
    await onMove(folder || null);
    setBusy(false);
    onClose();
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("vault.moveTitle", { count })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" pending={busy} onClick={() => void move()}>
            {t("vault.moveAction")}
          </Button>
        </>
      }
    >
      <Field label={t("vault.folder")}>
        <Select value={folder} onChange={(event) => setFolder(event.target.value)}>
          <option value="">{t("vault.noFolder")}</option>
          {folders.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </Select>
      </Field>
    </Dialog>
  );
}
