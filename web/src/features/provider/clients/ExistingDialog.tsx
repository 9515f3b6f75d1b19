import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Addable } from "@/api/clients";
import { explain } from "@/app/errors";
import { provider as acts, api } from "@/app/services";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Badge, Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/States";
import { keys, usePlanSeats, useRefresh } from "../data";
import { usePortal } from "../scope";
import { SeatHints } from "./SeatHints";
import { WriteDialog } from "./WriteDialog";

/** Makes an organization of one's own a client: first which one, then what it means. */
export function ExistingDialog({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState<Addable | null>(null);
  return chosen ? (
    <Confirm organization={chosen} onBack={() => setChosen(null)} onClose={onClose} />
  ) : (
    <Choose onChoose={setChosen} onClose={onClose} />
  );
}

function Choose({ onChoose, onClose }: { onChoose: (chosen: Addable) => void; onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const addable = useQuery({
    queryKey: [...keys.all(providerId), "addable"],
    queryFn: ({ signal }) => api.clients.addable(providerId, { signal }),
    staleTime: 0,
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      scope={badge}
      title={t("clients.existing.title")}
      description={t("clients.existing.text")}
      footer={<Button onClick={onClose}>{t("common.cancel")}</Button>}
    >
      {addable.isPending ? (
        <div className="flex flex-col gap-2" aria-hidden>
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      ) : addable.isError ? (
        <Callout
          mood="bad"
          title={t("clients.existing.failed")}
          action={
            <Button size="sm" onClick={() => void addable.refetch()}>
              {t("common.tryAgain")}
            </Button>
          }
        >
          {explain(addable.error, t)}
        </Callout>
      ) : addable.data.length === 0 ? (
        <Callout title={t("clients.existing.none")}>{t("clients.existing.noneText")}</Callout>
      ) : (
        <AddableTable organizations={addable.data} onChoose={onChoose} />
      )}
    </Dialog>
  );
}

type AddableTableProps = { organizations: readonly Addable[]; onChoose: (chosen: Addable) => void };

function AddableTable({ organizations, onChoose }: AddableTableProps) {
  const t = useT();
  const format = useFormat();
  return (
    <table className="w-full text-left">
      <thead className="text-sm text-muted">
        <tr className="border-b border-line">
          <th className="py-2 font-medium">{t("common.name")}</th>
          <th className="py-2 text-right font-medium">{t("provider.seats")}</th>
          <th className="py-2 pl-4 font-medium max-sm:hidden">{t("provider.plan")}</th>
          <th className="py-2">
            <span className="sr-only">{t("common.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {organizations.map((organization) => (
          <tr key={organization.id} className="border-b border-line last:border-0">
            <td className="py-2">
              <span className="flex items-center gap-2.5">
                <Avatar size="sm" seed={organization.id} name={organization.name} />
                <span className="min-w-0 wrap-anywhere">{organization.name}</span>
              </span>
            </td>
            <td className="py-2 text-right">{format.number(organization.seats)}</td>
            <td className="py-2 pl-4 max-sm:hidden">
              <Badge>{organization.plan}</Badge>
            </td>
            <td className="py-2 pl-3 text-right">
              {organization.disabled ? (
                <span className="text-sm text-muted">{t("clients.existing.needsMore")}</span>
              ) : (
                <Button
                  size="sm"
                  aria-label={t("clients.existing.chooseOne", { name: organization.name })}
                  onClick={() => onChoose(organization)}
                >
                  {t("clients.existing.choose")}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ConfirmProps = { organization: Addable; onBack: () => void; onClose: () => void };

function Confirm({ organization, onBack, onClose }: ConfirmProps) {
  const t = useT();
  const { providerId, name: provider } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const planType = /enterprise/i.test(organization.plan) ? 19 : 17;
  const plan = usePlanSeats().find(({ type }) => type === planType);
  const { name } = organization;

  async function add() {
    const added = await act.run(
      () => acts.adopt(providerId, organization.id),
      t("clients.existing.done", { name, provider }),
    );
    if (added) {
      await refresh();
      onClose();
    }
  }

  return (
    <WriteDialog
      scope={<OrganizationBadge organizationId={organization.id} name={name} />}
      title={t("clients.existing.confirmTitle", { name, provider })}
      action={act.busy ? t("clients.existing.working") : t("clients.existing.action", { name })}
      busy={act.busy}
      error={act.error}
      onSubmit={() => void add()}
      onClose={onClose}
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        <li>{t("clients.existing.reach", { provider })}</li>
        <li>{t("clients.existing.key")}</li>
        <li>{t("clients.existing.plan", { plan: t(`provider.planName.${planType}`) })}</li>
        <li>{t("clients.existing.billing", { provider })}</li>
        <li>{t("clients.existing.members")}</li>
      </ul>
      <SeatHints
        plan={plan}
        planName={t(`provider.planName.${planType}`)}
        before={0}
        after={organization.seats}
      />
      <div>
        <Button look="ghost" size="sm" onClick={onBack}>
          {t("clients.existing.another")}
        </Button>
      </div>
    </WriteDialog>
  );
}
