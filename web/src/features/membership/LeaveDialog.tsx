import { useState } from "react";
import type { ProfileOrganization } from "@/api";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { api, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/Toast";
import { Whose } from "./Whose";

type LeaveDialogProps = {
  organization: Pick<ProfileOrganization, "id" | "name">;
  onClose: () => void;
  onLeft?: () => void;
};

/** Nobody can undo it but the organization, so it says first what will be out of reach. */
export function LeaveDialog({ organization, onClose, onLeft }: LeaveDialogProps) {
  const t = useT();
  const { id, name } = organization;
  const items = useVault((state) => state.items).filter((item) => item.organizationId === id).length;
  const collections = useVault((state) => state.collections).filter(
    (collection) => collection.organizationId === id,
  ).length;
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function leave() {
    setBusy(true);
    setError(undefined);
    try {
      await api.organizations.leave(id);
      await vault.sync();
      toast({ title: t("membership.left", { name }) });
      onLeft?.();
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
      title={t("membership.leaveTitle", { name })}
      description={
        items > 0 ? t("membership.leaveText", { count: items, collections }) : t("membership.leaveEmpty")
      }
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void leave()}>
            {t("membership.leave")}
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
