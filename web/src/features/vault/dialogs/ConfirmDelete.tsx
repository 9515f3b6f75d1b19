import { useState } from "react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useScope } from "../scope";

type ConfirmDeleteProps = {
  open: boolean;
  count: number;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
};

/** The one act that cannot be undone. */
export function ConfirmDelete({ open, count, onClose, onConfirm }: ConfirmDeleteProps) {
  const t = useT();
  const scope = useScope();
  const [busy, setBusy] = useState(false);

  async function confirm() {
    setBusy(true);
    await onConfirm();
    setBusy(false);
    onClose();
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      scope={scope.badge}
      title={t("vault.deleteTitle", { count })}
      description={t("vault.deleteText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void confirm()}>
            {t("vault.deleteForever")}
          </Button>
        </>
      }
    />
  );
}
