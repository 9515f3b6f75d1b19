import { useState } from "react";
import type { ProfileOrganization } from "@/api";
import { explain } from "@/app/errors";
import { api, session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/Toast";
import { Whose } from "./Whose";

type WithdrawDialogProps = {
  organization: Pick<ProfileOrganization, "id" | "name">;
  onClose: () => void;
};

/** Takes the user key back from an organization. */
export function WithdrawDialog({ organization, onClose }: WithdrawDialogProps) {
  const t = useT();
  const { id, name } = organization;
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function withdraw() {
    const user = session.account()?.userId;
    if (!user) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await api.recovery.enrol(id, user, { resetPasswordKey: null });
      await vault.sync();
      toast({ title: t("membership.withdrawn", { name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={<Whose id={id} name={name} />}
      title={t("membership.withdrawTitle")}
      description={t("membership.withdrawText", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void withdraw()}>
            {t("membership.withdrawAction")}
          </Button>
        </>
      }
    >
      {error ? (
        <div role="alert">
          <Callout mood="bad">{error}</Callout>
        </div>
      ) : null}
    </Dialog>
  );
}
