import { useQueryClient } from "@tanstack/react-query";
import type { ProviderKey } from "@/api/providerKeys";
import { api } from "@/app/services";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { usePortal } from "../scope";
import { keysOf } from "./KeysPage";

type DeleteKeyDialogProps = { apiKey: ProviderKey; onClose: () => void };

/** Ends a key; programs that still use it stop. */
export function DeleteKeyDialog({ apiKey, onClose }: DeleteKeyDialogProps) {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const { providerId, badge } = usePortal();
  const act = useAct();
  const { name, lastUsedDate } = apiKey;

  async function remove() {
    const gone = await act.run(
      () => api.providerKeys.remove(providerId, apiKey.id),
      t("providerKeys.deleted", { name }),
    );
    if (gone) {
      onClose();
      await queries.invalidateQueries({ queryKey: keysOf(providerId) });
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("providerKeys.deleteTitle", { name })}
      description={
        lastUsedDate
          ? t("providerKeys.deleteUsed", { when: format.ago(lastUsedDate) })
          : t("providerKeys.deleteUnused")
      }
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={act.busy} onClick={() => void remove()}>
            {t("providerKeys.delete")}
          </Button>
        </>
      }
    >
      {act.error ? (
        <div role="alert">
          <Callout mood="bad">{act.error}</Callout>
        </div>
      ) : null}
    </Dialog>
  );
}
