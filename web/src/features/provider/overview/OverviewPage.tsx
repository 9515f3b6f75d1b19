import { Download } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { OverviewClient, ProviderOverview } from "@/api/overview";
import { explain } from "@/app/errors";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Button, IconButton } from "@/ui/Button";
import { useMedia } from "@/ui/media";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { Table } from "@/ui/Table";
import { AddMenu } from "../clients/AddMenu";
import { type ClientAct, type ClientDialog, ClientDialogs } from "../clients/ClientDialogs";
import { type Aim, front } from "../clients/ClientName";
import { clientsCsv, saveClients } from "../clients/exportClients";
import { FirstSteps } from "../clients/FirstSteps";
import { NothingFound } from "../clients/NothingFound";
import type { ClientRow } from "../clients/row";
import { useView } from "../clients/useView";
import { ViewBar } from "../clients/ViewBar";
import { inView } from "../clients/view";
import { useOverview, useTagNames } from "../data";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { useOverviewColumns } from "./columns";
import { exportColumns } from "./exportOverview";
import { NeedsMe } from "./NeedsMe";

const idOf = ({ id }: OverviewClient) => id;
const leadOf = (client: OverviewClient) => <Avatar seed={client.organizationId} name={client.name} />;
const nobody: readonly OverviewClient[] = [];
/** Who looks for people to confirm is led to them. */
const waiting: Aim = { tab: "people", search: { status: "waiting" } };

/** How all clients stand: what needs somebody first, then everything in one table. */
export function OverviewPage() {
  const t = useT();
  const { providerId, name, admin } = usePortal();
  const { goToClient } = usePortalPlace();
  const overview = useOverview();
  const { view, set } = useView("overview", "-health"); // what needs somebody comes first
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<ClientDialog | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const tagNames = useTagNames(providerId);
  const clients = overview.data?.clients ?? nobody;
  const found = useMemo(
    () => clients.filter((client) => inView(client, view, query)),
    [clients, view, query],
  );
  const act = useCallback((kind: ClientAct, client: ClientRow) => setDialog({ kind, client }), []);
  const aim = view.need === "confirmations" ? waiting : front;
  const columns = useOverviewColumns(providerId, act, aim);
  const unfitting = useUnfitting();
  const open = useCallback(
    (client: OverviewClient) => goToClient(client.organizationId, aim.tab, aim.search),
    [goToClient, aim],
  );

  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => admin && setDialog({ kind: "create" }),
  });

  return (
    <>
      <PortalHead
        title={t("portal.section.overview")}
        note={overview.data && clients.length > 0 ? <PlanNote overview={overview.data} /> : undefined}
        actions={admin && clients.length > 0 ? <AddMenu onOpen={setDialog} /> : undefined}
      />
      {overview.isPending ? (
        <SkeletonRows />
      ) : overview.isError ? (
        <ErrorState
          title={t("overview.failed")}
          action={<Button onClick={() => void overview.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(overview.error, t)}
        </ErrorState>
      ) : clients.length === 0 ? (
        <FirstSteps onOpen={setDialog} />
      ) : (
        <>
          <NeedsMe overview={overview.data} current={view.need} onChoose={(need) => set({ need })} />
          <ViewBar
            view={view}
            set={set}
            query={query}
            onQuery={setQuery}
            searchBox={searchBox}
            shown={found.length}
            total={clients.length}
          >
            <IconButton
              size="sm"
              label={t("overview.export.action")}
              icon={<Download className="size-4" />}
              onClick={() => saveClients(name, clientsCsv(exportColumns(t, tagNames), found))}
            />
          </ViewBar>
          {found.length === 0 ? (
            <NothingFound query={query} onClear={() => set({ need: null, tags: [], plan: null })} />
          ) : (
            <Table
              label={t("portal.section.overview")}
              columns={columns}
              choose="overview"
              unfitting={unfitting}
              rows={found}
              rowKey={idOf}
              initialSort={view.sort}
              onSort={(sort) => set({ sort })}
              lead={leadOf}
              onOpen={open}
            />
          )}
        </>
      )}
      <ClientDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
}

/** The columns that a narrower window leaves out until somebody asks for them. */
function useUnfitting(): readonly string[] {
  const roomy = useMedia("(min-width: 1360px)");
  const middling = useMedia("(min-width: 1100px)");
  return useMemo(
    () => (roomy ? [] : middling ? ["activity", "drift"] : ["activity", "drift", "people", "access"]),
    [roomy, middling],
  );
}

/** The seats of each plan that is in use. */
function PlanNote({ overview }: { overview: ProviderOverview }) {
  const t = useT();
  const format = useFormat();
  const plans = overview.seats.filter(({ assigned, seatMinimum }) => assigned > 0 || seatMinimum > 0);
  const words = plans.map(({ type, name, assigned, purchased, seatMinimum }) => {
    const plan = type === 17 || type === 19 ? t(`provider.planName.${type}`) : name;
    const line =
      seatMinimum > 0
        ? t("overview.plan", { plan, assigned: format.number(assigned), minimum: format.number(seatMinimum) })
        : t("overview.planUncontracted", { plan, count: assigned, shown: format.number(assigned) });
    return seatMinimum > 0 && purchased > 0
      ? `${line} (${t("overview.planMore", { count: purchased, shown: format.number(purchased) })})`
      : line;
  });
  return [
    t("overview.clients", {
      count: overview.clients.length,
      shown: format.number(overview.clients.length),
    }),
    ...words,
  ].join(" · ");
}
