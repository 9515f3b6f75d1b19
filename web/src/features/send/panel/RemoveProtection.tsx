import { useState } from "react";
import type { SendListItem } from "@/crypto/model/sends";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { OwnAccount } from "../OwnAccount";
import { useSendActs } from "../useSendActs";

/** Asks first: a link that was passed on with a password in mind opens for everybody afterwards. */
export function RemoveProtection({ send, onClose }: { send: SendListItem; onClose: () => void }) {
  const t = useT();
  const acts = useSendActs();
  const [busy, setBusy] = useState(false);
  const text = send.protection.kind === "emails" ? "send.removeEmailsText" : "send.removePasswordText";

  async function remove() {
    setBusy(true);
    await acts.removeProtection(send.id);
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={<OwnAccount />}
      title={t("send.removeTitle")}
      description={t(text, { name: send.name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void remove()}>
            {t("send.removeAction")}
          </Button>
        </>
      }
    />
  );
}
