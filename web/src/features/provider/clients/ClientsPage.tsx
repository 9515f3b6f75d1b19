import { Tags, X } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { explain } from "@/app/errors";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Button, IconButton } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { type Selection, useSelection } from "@/ui/selection";
import { Table } from "@/ui/Table";
import { useClients } from "../data";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { AddMenu } from "./AddMenu";
import { type ClientAct, type ClientDialog, ClientDialogs } from "./ClientDialogs";
import { useClientColumns } from "./columns";
import { FirstSteps } from "./FirstSteps";
import { NothingFound } from "./NothingFound";
import { type ClientRow, rowOf } from "./row";
import { useView } from "./useView";
import { ViewBar } from "./ViewBar";
import { inView } from "./view";

const idOf = ({ id }: ClientRow) => id;
const leadOf = (client: ClientRow) => <Avatar seed={client.organizationId} name={client.name} />;

/** The clients with their seats and plans, and all that is done to one of them. */
export function ClientsPage() {
  const t = useT();
  const { providerId, admin } = usePortal();
  const { search, go, goToClient } = usePortalPlace();
  const clients = useClients(providerId);
  const { view, set } = useView("clients");
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<ClientDialog | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => (clients.data ?? []).map(rowOf), [clients.data]);
  const found = useMemo(() => rows.filter((client) => inView(client, view, query)), [rows, view, query]);
  const selection = useSelection(useMemo(() => found.map(idOf), [found]));
  const act = useCallback((kind: ClientAct, client: ClientRow) => setDialog({ kind, client }), []);
  const columns = useClientColumns(providerId, act);
  const asked: ClientDialog | null = admin && search.act === "new" ? { kind: "create" } : null;
  const open = useCallback((client: ClientRow) => goToClient(client.organizationId), [goToClient]);

  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => admin && setDialog({ kind: "create" }),
    escape: selection.clear,
  });

  function close() {
    setDialog(null);
    if (asked) {
      go("clients", { ...search, act: undefined }, { replace: true });
    }
  }

  return (
    <>
      <PortalHead
        title={t("portal.section.clients")}
        note={rows.length > 0 ? <Totals clients={rows} /> : undefined}
        actions={admin && rows.length > 0 ? <AddMenu onOpen={setDialog} /> : undefined}
      />
      {rows.length > 0 ? (
        <ViewBar
          view={view}
          set={set}
          query={query}
          onQuery={setQuery}
          searchBox={searchBox}
          shown={found.length}
          total={rows.length}
        >
          {admin ? (
            <Button
              size="sm"
              icon={<Tags className="size-4" />}
              onClick={() => setDialog({ kind: "manageTags" })}
            >
              {t("tags.manage")}
            </Button>
          ) : null}
        </ViewBar>
      ) : null}
      {clients.isPending ? (
        <SkeletonRows />
      ) : clients.isError ? (
        <ErrorState
          title={t("provider.clientsFailed")}
          action={<Button onClick={() => void clients.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(clients.error, t)}
        </ErrorState>
      ) : rows.length === 0 ? (
        <FirstSteps onOpen={setDialog} />
      ) : found.length === 0 ? (
        <NothingFound query={query} onClear={() => set({ need: null, tags: [], plan: null })} />
      ) : (
        <Table
          label={t("portal.section.clients")}
          columns={columns}
          choose="clients"
          rows={found}
          rowKey={idOf}
          initialSort={view.sort}
          onSort={(sort) => set({ sort })}
          lead={leadOf}
          onOpen={open}
          {...(admin && {
            selection: {
              marked: selection,
              allLabel: t("clients.markAll"),
              rowLabel: ({ name }: ClientRow) => t("clients.mark", { name }),
            },
          })}
        />
      )}
      {selection.size > 0 ? (
        <MarkedBar
          selection={selection}
          onTags={() => setDialog({ kind: "tagMany", clients: found.filter(({ id }) => selection.has(id)) })}
        />
      ) : null}
      <ClientDialogs dialog={dialog ?? asked} onClose={close} />
    </>
  );
}

function Totals({ clients }: { clients: readonly ClientRow[] }) {
  const t = useT();
  const format = useFormat();
  const sum = (pick: (client: ClientRow) => number) =>
    clients.reduce((total, client) => total + pick(client), 0);
  return t("provider.totals", {
    count: clients.length,
    shown: format.number(clients.length),
    used: format.number(sum(({ occupied }) => occupied)),
    seats: format.number(sum(({ seats }) => seats)),
  });
}

function MarkedBar({ selection, onTags }: { selection: Selection; onTags: () => void }) {
  const t = useT();
  return (
    <div className="flex min-h-12 items-center gap-2 border-t border-line bg-surface px-4 sm:px-6">
      <span className="mr-auto font-medium whitespace-nowrap" role="status">
        {t("vault.selected", { count: selection.size })}
      </span>
      <Button size="sm" icon={<Tags className="size-4" />} onClick={onTags}>
        {t("tags.assign")}
      </Button>
      <IconButton
        size="sm"
        label={t("vault.clearSelection")}
        icon={<X className="size-4" />}
        onClick={selection.clear}
      />
    </div>
  );
}
