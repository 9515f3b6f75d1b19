import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Ellipsis, ListChecks, Pencil, ScanSearch, Trash2, Users } from "lucide-react";
import type { Baseline } from "@/api/baselines";
import { explain, handleError } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { usePortal } from "../scope";
import type { OpenDialog } from "./BaselineDialogs";
import { useRefresh } from "./data";
import { moved, sizeOf } from "./draft";

type BaselineListProps = {
  baselines: UseQueryResult<readonly Baseline[]>;
  onOpen: (dialog: OpenDialog) => void;
  onCreate: () => void;
  onDrift: (baseline: Baseline) => void;
};

/** The baselines in the order in which they go before each other. */
export function BaselineList({ baselines, onOpen, onCreate, onDrift }: BaselineListProps) {
  const t = useT();
  const { admin } = usePortal();
  if (baselines.isPending) {
    return <SkeletonRows count={4} />;
  }
  if (baselines.isError && !baselines.data) {
    return (
      <ErrorState
        title={t("baselines.failed")}
        action={<Button onClick={() => void baselines.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(baselines.error, t)}
      </ErrorState>
    );
  }
  const list = baselines.data ?? [];
  if (list.length === 0) {
    return (
      <EmptyState
        icon={<ListChecks />}
        title={t("baselines.none")}
        action={
          admin ? (
            <Button look="primary" onClick={onCreate}>
              {t("baselines.new")}
            </Button>
          ) : undefined
        }
      >
        {t(admin ? "baselines.noneText" : "baselines.noneForStaff")}
      </EmptyState>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">
      <div className="flex max-w-4xl flex-col gap-3">
        <ol className="divide-y divide-line rounded-xl border border-line">
          {list.map((baseline, at) => (
            <Row
              key={baseline.id}
              baseline={baseline}
              order={list.map(({ id }) => id)}
              place={at + 1}
              onOpen={onOpen}
              onDrift={onDrift}
            />
          ))}
        </ol>
        {list.length > 1 ? <p className="text-sm text-muted">{t("baselines.orderText")}</p> : null}
      </div>
    </div>
  );
}

type RowProps = Pick<BaselineListProps, "onOpen" | "onDrift"> & {
  baseline: Baseline;
  order: readonly Baseline["id"][];
  place: number;
};

function Row({ baseline, order, place, onOpen, onDrift }: RowProps) {
  const t = useT();
  const format = useFormat();
  const { name, description, governs, drifted } = baseline;
  const parts = [
    t("baselines.decides", { count: sizeOf(baseline) }),
    t(baseline.mayDeviate ? "baselines.mayDeviate" : "baselines.mayNotDeviate"),
  ];
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-hover">
      <span className="w-5 text-center text-sm text-muted tabular-nums" aria-hidden>
        {format.number(place)}
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <button
          type="button"
          onClick={() => onOpen({ kind: "edit", baseline })}
          className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text"
        >
          {name}
        </button>
        {description ? <p className="line-clamp-2 text-sm text-muted">{description}</p> : null}
        <p className="text-sm text-muted">{parts.join(" · ")}</p>
      </div>
      <div className="relative z-[1] flex items-center gap-2 max-sm:w-full max-sm:pl-9">
        <span className="text-sm">{t("baselines.governs", { count: governs })}</span>
        {drifted > 0 ? (
          <button type="button" onClick={() => onDrift(baseline)} className="rounded-md hover:brightness-95">
            <Badge mood="warn">{t("baselines.drifted", { count: drifted })}</Badge>
          </button>
        ) : governs > 0 ? (
          <Badge mood="good">{t("baselines.allInLine")}</Badge>
        ) : null}
        <span className="ml-auto">
          <Acts baseline={baseline} order={order} onOpen={onOpen} onDrift={onDrift} />
        </span>
      </div>
    </li>
  );
}

function Acts({ baseline, order, onOpen, onDrift }: Omit<RowProps, "place">) {
  const t = useT();
  const { admin, providerId } = usePortal();
  const refresh = useRefresh();

  async function move(by: -1 | 1) {
    const next = moved(order, baseline.id, by);
    if (!next) {
      return;
    }
    try {
      await api.baselines.order(providerId, next);
      await refresh();
      toast({ title: t("baselines.moved", { name: baseline.name, place: next.indexOf(baseline.id) + 1 }) });
    } catch (error) {
      handleError(error, t("baselines.notMoved"));
    }
  }

  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          label={t("baselines.actsOf", { name: baseline.name })}
          icon={<Ellipsis className="size-4" />}
        />
      }
    >
      <MenuItem icon={<Pencil />} onClick={() => onOpen({ kind: "edit", baseline })}>
        {t(admin ? "common.edit" : "baselines.look")}
      </MenuItem>
      <MenuItem icon={<ScanSearch />} onClick={() => onDrift(baseline)}>
        {t("baselines.seeDrift")}
      </MenuItem>
      {admin ? (
        <>
          <MenuItem icon={<Users />} onClick={() => onOpen({ kind: "assign", baseline })}>
            {t("baselines.assign")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={<ArrowUp />}
            disabled={!moved(order, baseline.id, -1)}
            onClick={() => void move(-1)}
          >
            {t("baselines.up")}
          </MenuItem>
          <MenuItem
            icon={<ArrowDown />}
            disabled={!moved(order, baseline.id, 1)}
            onClick={() => void move(1)}
          >
            {t("baselines.down")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 />} onClick={() => onOpen({ kind: "delete", baseline })}>
            {t("baselines.delete")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
