import type { OrganizationDomain } from "@/api";
import { api } from "@/app/services";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useConsole } from "../scope";

type RemoveDomainDialogProps = {
  domain: OrganizationDomain;
  onRemoved: () => Promise<void>;
  onClose: () => void;
};

export function RemoveDomainDialog({ domain, onRemoved, onClose }: RemoveDomainDialogProps) {
  const t = useT();
  const { organizationId, badge } = useConsole();
  const act = useAct();
  const { domainName } = domain;

  async function remove() {
    const removed = await act.run(
      async () => {
        await api.administration.removeDomain(organizationId, domain.id);
        await onRemoved();
      },
      t("domains.removed", { domain: domainName }),
    );
    if (removed) {
      onClose();
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("domains.removeTitle", { domain: domainName })}
      description={t(domain.verifiedDate ? "domains.removeClaimed" : "domains.removePending")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={act.busy} onClick={() => void remove()}>
            {t("common.remove")}
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
