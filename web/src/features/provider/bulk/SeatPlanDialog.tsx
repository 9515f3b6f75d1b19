import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX, Download } from "lucide-react";
import { useState } from "react";
import type { SeatPlan } from "@/api/fleet";
import { explain } from "@/app/errors";
import { api, vault } from "@/app/services";
import type { ClientId } from "@/crypto/model/ids";
import { csvOf, download, fileNamePart } from "@/features/console/csv";
import { Refusal } from "@/features/console/frame/Refusal";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { usePortal } from "../scope";
import { PlanSums } from "./PlanSums";

type SeatPlanDialogProps = {
  changes: readonly { readonly id: ClientId; readonly seats: number }[];
  onDone: () => void;
  onClose: () => void;
};

/** What the new seats come to, before anything changes; then each client's result. */
export function SeatPlanDialog({ changes, onDone, onClose }: SeatPlanDialogProps) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const queries = useQueryClient();
  // The list behind is emptied when it is done; this stays about those that were chosen.
  const [rows] = useState(changes);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState<SeatPlan | null>(null);
  const dry = useQuery({
    queryKey: ["seat-plan", providerId, rows],
    queryFn: ({ signal }) => api.fleet.seats(providerId, { dryRun: true, rows }, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const plan = done ?? dry.data;
  const good = plan?.data.filter(({ error: reason }) => reason === null).length ?? 0;

  async function assign() {
    setBusy(true);
    setError(undefined);
    try {
      setDone(await api.fleet.seats(providerId, { dryRun: false, rows }));
      await queries.invalidateQueries({ queryKey: ["provider", providerId] });
      onDone();
      void vault.sync();
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      scope={badge}
      title={t(done ? "bulkwork.seatsDone" : "bulkwork.seatsPlan")}
      description={done ? undefined : t("bulkwork.seatsPlanText")}
      footer={
        done ? (
          <>
            <SaveResult plan={done} />
            <Button look="primary" onClick={onClose}>
              {t("common.done")}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look="primary" pending={busy} disabled={good === 0} onClick={() => void assign()}>
              {t("bulkwork.assign", { count: good })}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-5">
        {error ? <Refusal error={error} /> : null}
        {plan ? (
          <>
            <Summary plan={plan} done={done !== null} />
            <PlanSums plans={plan.plans} />
            <Rows plan={plan} done={done !== null} />
          </>
        ) : dry.isError ? (
          <ErrorState
            title={t("bulkwork.planFailed")}
            action={<Button onClick={() => void dry.refetch()}>{t("common.tryAgain")}</Button>}
          >
            {explain(dry.error, t)}
          </ErrorState>
        ) : (
          <SkeletonRows count={5} />
        )}
      </div>
    </Dialog>
  );
}

/** One sentence: what is bought or freed, and what does not go. */
function Summary({ plan, done }: { plan: SeatPlan; done: boolean }) {
  const t = useT();
  const wrong = plan.data.filter(({ error }) => error !== null).length;
  const bought = plan.plans.reduce((sum, one) => sum + one.purchasedAfter - one.purchasedBefore, 0);
  return (
    <div role="status">
      <Callout
        mood={wrong > 0 ? "warn" : done ? "good" : "accent"}
        title={
          done
            ? t("bulkwork.assigned", { count: plan.data.length - wrong })
            : bought > 0
              ? t("bulkwork.buys", { count: bought })
              : bought < 0
                ? t("bulkwork.frees", { count: -bought })
                : t("bulkwork.buysNothing")
        }
      >
        {wrong > 0 ? t("bulkwork.seatsWrong", { count: wrong }) : null}
      </Callout>
    </div>
  );
}

function Rows({ plan, done }: { plan: SeatPlan; done: boolean }) {
  const t = useT();
  const format = useFormat();
  // What does not go comes first.
  const rows = [...plan.data].sort((a, b) => Number(b.error !== null) - Number(a.error !== null));
  return (
    <ul
      aria-label={t("bulkwork.seatsByClient")}
      className="max-h-80 divide-y divide-line overflow-y-auto rounded-lg border border-line"
    >
      {rows.map((row) => (
        <li key={row.id} className="flex min-h-11 items-center gap-3 px-3 py-1.5">
          {row.error ? (
            <CircleX className="size-4 shrink-0 text-bad" aria-hidden />
          ) : (
            <CircleCheck
              className={done ? "size-4 shrink-0 text-good" : "size-4 shrink-0 text-muted"}
              aria-hidden
            />
          )}
          <span className="min-w-0 flex-1">
            <span className="block truncate">{row.name}</span>
            {row.error ? <span className="block text-sm text-bad">{row.error}</span> : null}
          </span>
          <span className="shrink-0 text-sm">
            <span className="text-muted">{format.number(row.before)} → </span>
            <span className="font-medium">{format.number(row.after)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function SaveResult({ plan }: { plan: SeatPlan }) {
  const t = useT();
  const { name } = usePortal();
  function save() {
    const header = [
      t("bulkwork.field.client"),
      t("bulkwork.seatsNow"),
      t("provider.seats"),
      t("provider.used"),
      t("bulkwork.result"),
      t("bulkwork.reason"),
    ];
    const rows = plan.data.map((row) => [
      row.name,
      row.before,
      row.after,
      row.occupied,
      t(row.error ? "bulkwork.states.failed" : "bulkwork.seatsDone"),
      row.error ?? "",
    ]);
    download(`${fileNamePart(name)}-seats-result.csv`, csvOf(header, rows));
  }
  return (
    <Button className="mr-auto" icon={<Download className="size-4" />} onClick={save}>
      {t("bulkwork.saveResult")}
    </Button>
  );
}
