import { ArrowLeft, Download, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import type { CheckedRows } from "@/api/fleet";
import { Filters, ListBar } from "@/features/console/frame/ListBar";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { PortalLink } from "../place";
import { usePortal } from "../scope";
import { type Checked, inOrder, type Verdict, verdictOf } from "./checked";
import { LineTable } from "./LineTable";
import { useInvite } from "./useInvite";
import { useSaveLines } from "./useSaveLines";

export type CheckAnswer = { readonly lines: readonly Checked[]; readonly clients: CheckedRows["clients"] };

const filters = ["all", "ready", "wrong", "already"] as const;
type Filter = (typeof filters)[number];

/** The dry run: a verdict on each line, and whether the seats suffice. Nothing has been sent. */
export function Checks({ answer, onBack }: { answer: CheckAnswer; onBack: () => void }) {
  const t = useT();
  const format = useFormat();
  const { name } = usePortal();
  const invite = useInvite();
  const save = useSaveLines();
  const { lines, clients } = answer;
  const counts = useMemo(() => {
    const of = (verdict: Verdict) => lines.filter((line) => verdictOf(line) === verdict).length;
    return { all: lines.length, ready: of("ready"), wrong: of("wrong"), already: of("already") };
  }, [lines]);
  const [filter, setFilter] = useState<Filter>(counts.wrong > 0 ? "wrong" : "all");
  const found = useMemo(
    () => lines.filter((line) => filter === "all" || verdictOf(line) === filter),
    [lines, filter],
  );
  const ready = inOrder(lines);
  const into = new Set(ready.map(({ organizationId }) => organizationId)).size;
  return (
    <>
      <div className="flex flex-col gap-3 px-4 pt-4 sm:px-6">
        <div role="status">
          <Callout
            mood={ready.length > 0 ? "accent" : "warn"}
            title={
              ready.length > 0
                ? t("bulkwork.readyTitle", {
                    count: ready.length,
                    clients: t("staff.clientCount", { count: into }),
                  })
                : t("bulkwork.nothingReady")
            }
          >
            {[
              t("bulkwork.dryRun"),
              counts.already > 0 ? t("bulkwork.alreadyText", { count: counts.already }) : null,
              counts.wrong > 0 ? t("bulkwork.wrongText", { count: counts.wrong }) : null,
            ]
              .filter(Boolean)
              .join(" ")}
          </Callout>
        </div>
        <ShortOfSeats clients={clients} />
      </div>
      <div className="pt-3">
        <ListBar
          count={t("common.of", { shown: format.number(found.length), total: format.number(lines.length) })}
        >
          <Filters
            label={t("bulkwork.filter")}
            filters={filters.map((id) => ({ id, label: t(`bulkwork.verdicts.${id}`), count: counts[id] }))}
            current={filter}
            onFilter={(id) => setFilter(filters.find((one) => one === id) ?? "all")}
          />
        </ListBar>
      </div>
      <LineTable lines={found} empty={t("bulkwork.noneHere")} />
      <div className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2.5 sm:px-6">
        <Button icon={<ArrowLeft className="size-4" />} onClick={onBack}>
          {t("bulkwork.backToTable")}
        </Button>
        <Button
          look="ghost"
          icon={<Download className="size-4" />}
          onClick={() => save(`${name}-check`, lines, new Map())}
        >
          {t("bulkwork.saveCheck")}
        </Button>
        <Button
          look="primary"
          className="ml-auto"
          disabled={ready.length === 0}
          onClick={() => invite(ready)}
        >
          {t("bulkwork.invite", { count: ready.length })}
        </Button>
      </div>
    </>
  );
}

const few = 3;

/** Clients that want more seats than are free, with the way to give them some. */
function ShortOfSeats({ clients }: { clients: CheckedRows["clients"] }) {
  const t = useT();
  const short = clients.filter(({ free, wanted }) => free !== null && wanted > free);
  if (short.length === 0) {
    return null;
  }
  return (
    <Callout
      mood="warn"
      icon={<TriangleAlert />}
      title={t("bulkwork.short", { count: short.length })}
      action={
        <PortalLink
          section="bulk"
          search={{ part: "seats" }}
          className="shrink-0 font-medium text-accent-text hover:underline"
        >
          {t("bulkwork.toSeats")}
        </PortalLink>
      }
    >
      {short
        .slice(0, few)
        .map(({ name, free, wanted }) => t("bulkwork.shortOf", { name, free: free ?? 0, wanted }))
        .join(" · ")}
      {short.length > few ? ` · ${t("bulkwork.andMore", { count: short.length - few })}` : null}
    </Callout>
  );
}
