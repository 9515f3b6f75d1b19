import { useMemo, useState } from "react";
import type { Baseline } from "@/api/baselines";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { CheckList } from "@/features/console/access/CheckList";
import { Refusal } from "@/features/console/frame/Refusal";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { Dialog } from "@/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { Tabs } from "@/ui/Tabs";
import { toast } from "@/ui/Toast";
import { useClients, useTags } from "../data";
import { usePortal } from "../scope";
import { useBaselines, useRefresh } from "./data";

/** Which clients a baseline governs: by their tags, or one by one. */
export function AssignDialog({ baseline, onClose }: { baseline: Baseline; onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const refresh = useRefresh();
  const choices = useChoices(baseline);
  const [tab, setTab] = useState<"tags" | "clients">(baseline.clientIds.length > 0 ? "clients" : "tags");
  const [tagIds, setTagIds] = useState<readonly string[]>(baseline.tagIds);
  const [clientIds, setClientIds] = useState<readonly string[]>(baseline.clientIds);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const changed = useChanged([tagIds, clientIds]);

  async function save() {
    setBusy(true);
    setError(null);
    try {
      await api.baselines.assign(providerId, baseline.id, {
        clientIds,
        tagIds,
        lastKnownRevisionDate: baseline.revisionDate,
      });
      await refresh();
      toast({ title: t("baselines.assigned", { name: baseline.name }) });
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
      changed={changed}
      scope={badge}
      title={t("baselines.assignTitle", { name: baseline.name })}
      description={t("baselines.assignText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" pending={busy} disabled={!choices.ready} onClick={() => void save()}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error ? <Refusal error={error} /> : null}
        <Tabs
          label={t("baselines.assign")}
          tabs={[
            { id: "tags", label: t("baselines.byTags"), count: tagIds.length },
            { id: "clients", label: t("baselines.byClients"), count: clientIds.length },
          ]}
          current={tab}
          onChange={setTab}
        />
        {choices.error ? (
          <ErrorState title={t("provider.clientsFailed")}>{explain(choices.error, t)}</ErrorState>
        ) : !choices.ready ? (
          <SkeletonRows count={4} />
        ) : tab === "tags" ? (
          <CheckList
            legend={t("baselines.tagsLegend")}
            choices={choices.tags}
            value={tagIds}
            onChange={setTagIds}
            searchLabel={t("baselines.searchTags")}
            empty={t("baselines.noTags")}
          />
        ) : (
          <CheckList
            legend={t("baselines.clientsLegend")}
            choices={choices.clients}
            value={clientIds}
            onChange={setClientIds}
            searchLabel={t("provider.searchClients")}
            empty={t("provider.noClientsText")}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Tags and clients to choose from; those that another baseline has say so, since they would be taken from it. */
function useChoices(baseline: Baseline) {
  const t = useT();
  const { providerId } = usePortal();
  const baselines = useBaselines();
  const clients = useClients(providerId);
  const tags = useTags(providerId);
  return useMemo(() => {
    const others = (baselines.data ?? []).filter(({ id }) => id !== baseline.id);
    const elsewhere = (pick: (other: Baseline) => readonly string[], id: string) => {
      const other = others.find((candidate) => pick(candidate).includes(id));
      return other ? t("baselines.takenFrom", { name: other.name }) : null;
    };
    return {
      ready: clients.data !== undefined && tags.data !== undefined,
      error: clients.error ?? tags.error,
      tags: (tags.data ?? []).map(({ id, name, clientIds }) => ({
        id: id as string,
        name,
        note: [t("baselines.clientCount", { count: clientIds.length }), elsewhere(({ tagIds }) => tagIds, id)]
          .filter(Boolean)
          .join(" · "),
      })),
      clients: (clients.data ?? []).map(({ id, organizationName }) => ({
        id: id as string,
        name: organizationName,
        note: elsewhere(({ clientIds }) => clientIds, id) ?? undefined,
      })),
    };
  }, [baseline.id, baselines.data, clients.data, clients.error, tags.data, tags.error, t]);
}
