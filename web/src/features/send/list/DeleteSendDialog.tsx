import { useState } from "react";
import type { SendListItem } from "@/crypto/model/sends";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { OwnAccount } from "../OwnAccount";
import { useSendActs } from "../useSendActs";

type DeleteSendDialogProps = { send: SendListItem; onClose: (gone: boolean) => void };

/** A deleted Send cannot be had back: its link would lead nowhere all the same. */
export function DeleteSendDialog({ send, onClose }: DeleteSendDialogProps) {
  const t = useT();
  const acts = useSendActs();
  const [busy, setBusy] = useState(false);

  async function remove() {
    setBusy(true);
    const gone = await acts.remove(send.id);
    setBusy(false);
    if (gone) {
      onClose(true);
    }
  }

  return (
    <Dialog
      open
      onClose={() => onClose(false)}
      scope={<OwnAccount />}
      title={t("send.deleteTitle", { name: send.broken ? t("send.broken") : send.name })}
      description={t("send.deleteText", { count: send.accessCount })}
      footer={
        <>
          <Button onClick={() => onClose(false)}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void remove()}>
            {t("send.deleteAction")}
          </Button>
        </>
      }
    />
  );
}
