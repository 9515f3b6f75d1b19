import { ScanSearch } from "lucide-react";
import { useMemo, useState } from "react";
import type { Baseline } from "@/api/baselines";
import { explain } from "@/app/errors";
import { Filters, ListBar } from "@/features/console/frame/ListBar";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Field";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useSelection } from "@/ui/selection";
import { useClients } from "../data";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { ApplyDialog } from "./ApplyDialog";
import type { Target } from "./applying";
import { DriftPanel } from "./DriftPanel";
import { type DriftRow, DriftTable } from "./DriftTable";
import { useDrift } from "./data";
import { type Standing, standingOf, standings } from "./standing";

const isStanding = (text: string | undefined): text is Standing => standings.some((known) => known === text);

/** Every governed client, and in which things it is otherwise than it should be. */
export function DriftView({ baselines }: { baselines: readonly Baseline[] }) {
  const t = useT();
  const format = useFormat();
  const { search, go } = usePortalPlace();
  const { rows, ofBaseline, query } = useRows(baselines, search.baseline);
  const filter = isStanding(search.standing) ? search.standing : "all";
  const found = useMemo(
    () => (filter === "all" ? ofBaseline : ofBaseline.filter((row) => row.standing === filter)),
    [ofBaseline, filter],
  );
  const selection = useSelection(useMemo(() => found.map(({ clientId }) => clientId), [found]));
  const [targets, setTargets] = useState<readonly Target[] | null>(null);
  const open = rows.find(({ clientId }) => clientId === search.client);
  const change = (part: Record<string, string | undefined>) =>
    go("baselines", { ...search, ...part }, { replace: true });

  if (query.isError && !query.data) {
    return (
      <ErrorState
        title={t("baselines.driftFailed")}
        action={<Button onClick={() => void query.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(query.error, t)}
      </ErrorState>
    );
  }
  const count = (standing: Standing) => ofBaseline.filter((row) => row.standing === standing).length;
  const drifted = found.filter((row) => selection.has(row.clientId) && row.standing === "drifted");
  return (
    <>
      <div className="pt-2.5">
        <ListBar
          count={t("common.of", { shown: format.number(found.length), total: format.number(rows.length) })}
        >
          <Filters
            label={t("baselines.filter")}
            filters={[
              { id: "all", label: t("baselines.standings.all"), count: ofBaseline.length },
              ...standings.map((id) => ({ id, label: t(`baselines.standings.${id}`), count: count(id) })),
            ]}
            current={filter}
            onFilter={(id) => change({ standing: id === "all" ? undefined : id })}
          />
          <Select
            aria-label={t("baselines.ofBaseline")}
            className="!h-8 sm:!w-56"
            value={search.baseline ?? ""}
            onChange={(event) => change({ baseline: event.target.value || undefined })}
          >
            <option value="">{t("baselines.every")}</option>
            {baselines.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </ListBar>
      </div>
      {!query.data ? (
        <SkeletonRows />
      ) : rows.length === 0 ? (
        <EmptyState icon={<ScanSearch />} title={t("baselines.noneGoverned")}>
          {t("baselines.noneGovernedText")}
        </EmptyState>
      ) : found.length === 0 ? (
        <p className="px-6 py-10 text-center text-muted">{t("baselines.nothingHere")}</p>
      ) : (
        <DriftTable
          rows={found}
          selection={selection}
          onOpen={({ clientId }) => change({ client: clientId })}
        />
      )}
      {selection.size > 0 ? (
        <div className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2 sm:px-6">
          <span className="mr-auto text-sm" role="status">
            {t("baselines.marked", { count: selection.size })}
          </span>
          <Button onClick={selection.clear}>{t("baselines.unmark")}</Button>
          <Button
            look="primary"
            disabled={drifted.length === 0}
            onClick={() => setTargets(drifted.map(targetOf))}
          >
            {t("baselines.applyTo", { count: drifted.length })}
          </Button>
        </div>
      ) : null}
      {open ? (
        <DriftPanel
          key={open.clientId}
          row={open}
          onApply={(subjects) => setTargets([{ ...targetOf(open), subjects }])}
          onClose={() => change({ client: undefined })}
        />
      ) : null}
      {targets ? <ApplyDialog targets={targets} onClose={() => setTargets(null)} /> : null}
    </>
  );
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const targetOf = ({ clientId, organizationId, name }: DriftRow): Target => ({
  clientId,
  organizationId,
  name,
});

function useRows(baselines: readonly Baseline[], wanted: string | undefined) {
  const { providerId } = usePortal();
  const query = useDrift();
  const clients = useClients(providerId).data;
  const rows = useMemo(() => {
    const clientNames = new Map((clients ?? []).map(({ id, organizationName }) => [id, organizationName]));
    const names = new Map(baselines.map(({ id, name }) => [id, name]));
    return (query.data ?? [])
      .map(
        (drift): DriftRow => ({
          ...drift,
          name: clientNames.get(drift.clientId) ?? "…",
          baselineName: names.get(drift.baselineId) ?? "…",
          standing: standingOf(drift),
        }),
      )
      .sort((a, b) => collator.compare(a.name, b.name));
  }, [query.data, clients, baselines]);
  const ofBaseline = useMemo(
    () => (wanted ? rows.filter(({ baselineId }) => baselineId === wanted) : rows),
    [rows, wanted],
  );
  return { rows, ofBaseline, query };
}
