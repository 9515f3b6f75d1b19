import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Handover } from "@/api/clients";
import { explain } from "@/app/errors";
import { api, vault } from "@/app/services";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/States";
import { keys, useRefresh } from "../data";
import { usePortal } from "../scope";
import { HandoverReport } from "./HandoverReport";
import type { ClientRow } from "./row";
import { WriteDialog } from "./WriteDialog";

/** Ends the provider's access to a client: what is left behind is shown before, and given to take along after. */
export function UnlinkDialog({ client, onClose }: { client: ClientRow; onClose: () => void }) {
  const [done, setDone] = useState<Handover | null>(null);
  return done ? (
    <Done client={client} report={done} onClose={onClose} />
  ) : (
    <Before client={client} onDone={setDone} onClose={onClose} />
  );
}

type BeforeProps = { client: ClientRow; onDone: (report: Handover) => void; onClose: () => void };

function Before({ client, onDone, onClose }: BeforeProps) {
  const t = useT();
  const { providerId, name: provider } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const { name } = client;
  const report = useQuery({
    queryKey: [...keys.all(providerId), "handover", client.id],
    queryFn: ({ signal }) => api.clients.handover(providerId, client.id, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const blocked = report.data?.blockedBy ?? null;

  async function unlink() {
    const unlinked = await act.run(async () => onDone(await api.clients.unlink(providerId, client.id)));
    if (unlinked) {
      await Promise.all([refresh(), vault.sync()]);
    }
  }

  return (
    <WriteDialog
      wide
      danger
      scope={<OrganizationBadge organizationId={client.organizationId} name={name} />}
      title={t("clients.unlink.title", { name, provider })}
      action={t("clients.unlink.action", { name })}
      busy={act.busy}
      error={act.error}
      ready={report.isSuccess && blocked === null}
      onSubmit={() => void unlink()}
      onClose={onClose}
    >
      {blocked === null ? null : (
        <Callout mood="bad" title={t("clients.unlink.blocked", { name })}>
          {blocked}
        </Callout>
      )}
      {report.data ? (
        <>
          <ul className="flex list-disc flex-col gap-1.5 pl-5">
            <li>{t("clients.unlink.staff", { count: report.data.staff.length, name })}</li>
            <li>{t("clients.unlink.owners", { count: report.data.owners.length })}</li>
            <li>{t("clients.unlink.key")}</li>
          </ul>
          <HandoverReport report={report.data} />
        </>
      ) : report.isError ? (
        <Callout
          mood="bad"
          title={t("clients.unlink.failed")}
          action={
            <Button size="sm" onClick={() => void report.refetch()}>
              {t("common.tryAgain")}
            </Button>
          }
        >
          {explain(report.error, t)}
        </Callout>
      ) : (
        <Skeleton className="h-48" />
      )}
    </WriteDialog>
  );
}

type DoneProps = { client: ClientRow; report: Handover; onClose: () => void };

function Done({ client, report, onClose }: DoneProps) {
  const t = useT();
  const { name: provider } = usePortal();
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      scope={<OrganizationBadge organizationId={client.organizationId} name={client.name} />}
      title={t("clients.unlink.done", { name: client.name, provider })}
      description={t("clients.unlink.doneText")}
      footer={
        <Button look="primary" onClick={onClose}>
          {t("common.done")}
        </Button>
      }
    >
      <HandoverReport report={report} done />
    </Dialog>
  );
}
