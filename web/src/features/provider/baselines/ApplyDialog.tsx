import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { BaselineApplied, BaselinePreview } from "@/api/baselines";
import { api } from "@/app/services";
import { nameOfSubject } from "@/features/console/baseline/words";
import { BatchProgress } from "@/features/console/bulk/BatchProgress";
import { useBatch } from "@/features/console/bulk/useBatch";
import { download, fileNamePart } from "@/features/console/csv";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { usePortal } from "../scope";
import { Applied } from "./Applied";
import { failureOf, resultsAsCsv, type Target, totalsOf } from "./applying";
import { useRefresh } from "./data";
import { Forecast } from "./Forecast";

/** Brings clients in line with their baselines: whom that touches first, then what became of each subject. */
export function ApplyDialog({ targets, onClose }: { targets: readonly Target[]; onClose: () => void }) {
  const t = useT();
  const { badge, name } = usePortal();
  const refresh = useRefresh();
  const { looking, previews } = useForecast(targets);
  const { applying, results } = useApplying();
  const [only] = targets;
  const totals = totalsOf(targets, previews);
  const done = applying.phase === "done";
  const looked = looking.phase === "done";
  const doable = targets.filter((target) => previews.has(target));
  const useful = totals.changes - totals.blocked > 0;

  async function start() {
    await applying.start(doable);
    await refresh();
  }

  function save() {
    const csv = resultsAsCsv(
      doable,
      results,
      (target) => applying.outcomes.get(target)?.reason ?? t("console.bulk.state.skipped"),
      {
        header: [t("baselines.client"), t("baselines.subject"), t("baselines.result")],
        done: t("baselines.done"),
        subject: (subject) => nameOfSubject(subject, t),
      },
    );
    download(`${fileNamePart(name)}-baselines.csv`, csv);
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      scope={
        targets.length === 1 && only ? (
          <OrganizationBadge organizationId={only.organizationId} name={only.name} />
        ) : (
          badge
        )
      }
      title={
        targets.length === 1 && only
          ? t("baselines.applyTitle", { name: only.name })
          : t("baselines.applyTitleMany", { count: targets.length })
      }
      description={applying.phase === "ready" ? t("baselines.applyText") : undefined}
      footer={
        done ? (
          <>
            <Button icon={<Download className="size-4" />} onClick={save}>
              {t("baselines.saveResults")}
            </Button>
            <Button look="primary" onClick={onClose}>
              {t("common.done")}
            </Button>
          </>
        ) : applying.phase === "running" ? (
          <Button onClick={applying.cancel}>{t("console.bulk.stop")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button
              look={totals.revoked > 0 ? "danger" : "primary"}
              disabled={!looked || !useful}
              onClick={() => void start()}
            >
              {totals.revoked > 0
                ? t("baselines.applyAnyway", { count: totals.revoked })
                : t("baselines.applyNow")}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {applying.phase !== "ready" ? (
          <>
            <BatchProgress outcomes={applying.outcomes} />
            <Applied targets={doable} results={results} outcomes={applying.outcomes} />
          </>
        ) : looked ? (
          <Forecast targets={targets} previews={previews} outcomes={looking.outcomes} totals={totals} />
        ) : (
          <>
            <p className="text-muted">{t("baselines.looking")}</p>
            <BatchProgress outcomes={looking.outcomes} />
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Asks for every client what would happen, as soon as the dialog is there. */
function useForecast(targets: readonly Target[]) {
  const { providerId } = usePortal();
  const [previews] = useState(() => new Map<Target, BaselinePreview>());
  const looking = useBatch<Target>(async ([target], signal) => {
    if (target) {
      const { clientId, subjects } = target;
      previews.set(target, await api.baselines.preview(providerId, clientId, subjects, { signal }));
    }
    return new Map();
  }, 1);
  const begin = useRef(() => looking.start(targets));
  useEffect(() => {
    void begin.current();
  }, []);
  return { looking, previews };
}

function useApplying() {
  const t = useT();
  const { providerId } = usePortal();
  const [results] = useState(() => new Map<Target, BaselineApplied>());
  const applying = useBatch<Target>(async ([target]) => {
    if (!target) {
      return new Map();
    }
    const result = await api.baselines.apply(providerId, target.clientId, target.subjects);
    results.set(target, result);
    const failure = failureOf(result, (count, total) => t("baselines.someFailed", { count, total }));
    return failure ? new Map([[target, failure]]) : new Map();
  }, 1);
  return { applying, results };
}
