import { useState } from "react";
import type { Baseline } from "@/api/baselines";
import { api } from "@/app/services";
import { Refusal } from "@/features/console/frame/Refusal";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/Toast";
import { usePortal } from "../scope";
import { useRefresh } from "./data";

/** What a baseline asked for stays as it is; only nobody compares it any more. */
export function DeleteDialog({ baseline, onClose }: { baseline: Baseline; onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const refresh = useRefresh();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function remove() {
    setBusy(true);
    setError(null);
    try {
      await api.baselines.remove(providerId, baseline.id);
      await refresh();
      toast({ title: t("baselines.deleted", { name: baseline.name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("baselines.deleteTitle", { name: baseline.name })}
      description={t("baselines.deleteText", { count: baseline.governs })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void remove()}>
            {t("baselines.delete")}
          </Button>
        </>
      }
    >
      {error ? <Refusal error={error} /> : null}
    </Dialog>
  );
}
