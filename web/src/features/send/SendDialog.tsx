import type { SendView } from "@/crypto/model/sends";
import type { CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormDialog } from "./form/FormDialog";
import { OwnAccount } from "./OwnAccount";
import { useSendRules } from "./useSends";

export type SendDialogProps = {
  onClose: () => void;
  /** It is changed; else a new one is made. */
  edited?: SendView;
  /** What is sent comes out of this item. */
  item?: CipherView;
  /** Whom it is made for: it mentions them, and belongs to one's own account all the same. */
  client?: { readonly name: string };
};

/** Makes a Send, or changes one; then the link is there to be copied. */
export function SendDialog({ onClose, edited, item, client }: SendDialogProps) {
  const rules = useSendRules();
  if (rules.off) {
    return <SwitchedOff by={rules.off.by} onClose={onClose} />;
  }
  return (
    <FormDialog
      edited={edited ?? null}
      item={item ?? null}
      client={client ?? null}
      rules={rules}
      onClose={onClose}
    />
  );
}

function SwitchedOff({ by, onClose }: { by: string; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={onClose}
      scope={<OwnAccount />}
      title={t("send.policy.offTitle")}
      description={t("send.policy.off", { name: by })}
      footer={<Button onClick={onClose}>{t("ui.close")}</Button>}
    />
  );
}
