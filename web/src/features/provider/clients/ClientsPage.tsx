import { Building2, Plus, Search } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Client } from "@/api";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { Table } from "@/ui/Table";
import { useClients } from "../data";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { useClientColumns } from "./clientColumns";
import { NewClientDialog } from "./NewClientDialog";

export function ClientsPage() {
  const t = useT();
  const format = useFormat();
  const { providerId, provider, admin } = usePortal();
  const { goToClient } = usePortalPlace();
  const clients = useClients(providerId);
  const [query, setQuery] = useState("");
  const [creating, setCreating] = useState(false);

  const rows = clients.data ?? [];
  const found = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    return rows.filter((client) => client.organizationName.toLocaleLowerCase().includes(wanted));
  }, [rows, query]);
  const columns = useClientColumns();

  function open(client: Client) {
    goToClient(client.organizationId);
  }

  const create = (
    <Button look="primary" icon={<Plus className="size-4" />} onClick={() => setCreating(true)}>
      {t("provider.newClient")}
    </Button>
  );
  return (
    <>
      <PortalHead
        title={t("shell.clients")}
        note={rows.length > 0 && clients.data ? <Totals clients={clients.data} /> : undefined}
        actions={admin && rows.length > 0 ? create : undefined}
      />
      {rows.length > 0 ? (
        <div className="flex items-center gap-3 border-b border-line px-4 py-2.5 sm:px-6">
          <div className="relative w-full max-w-xs">
            <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" aria-hidden />
            <input
              type="search"
              aria-label={t("provider.searchClients")}
              placeholder={t("provider.searchClients")}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              className="h-8 w-full rounded-lg border border-transparent bg-sunken pr-3 pl-8 hover:border-line focus:border-control max-sm:text-[16px]"
            />
          </div>
          <span className="ml-auto text-sm whitespace-nowrap text-muted" role="status">
            {t("common.of", { shown: format.number(found.length), total: format.number(rows.length) })}
          </span>
        </div>
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
        <FirstSteps admin={admin} action={create} />
      ) : found.length === 0 ? (
        <p className="px-6 py-10 text-center text-muted">{t("vault.nothingFound", { query })}</p>
      ) : (
        <Table
          label={t("shell.clients")}
          columns={columns}
          rows={found}
          rowKey={(client) => client.id}
          initialSort={{ id: "name" }}
          lead={(client) => <Avatar seed={client.organizationId} name={client.organizationName} />}
          onOpen={open}
        />
      )}
      {creating ? <NewClientDialog provider={provider} onClose={() => setCreating(false)} /> : null}
    </>
  );
}

function Totals({ clients }: { clients: readonly Client[] }) {
  const t = useT();
  const format = useFormat();
  const sum = (pick: (client: Client) => number | null) =>
    clients.reduce((total, client) => total + (pick(client) ?? 0), 0);
  return t("provider.totals", {
    count: clients.length,
    used: format.number(sum((client) => client.occupiedSeats)),
    seats: format.number(sum((client) => client.seats)),
  });
}

/** Three steps to the first client. */
function FirstSteps({ admin, action }: { admin: boolean; action: ReactNode }) {
  const t = useT();
  const steps = [t("provider.step1"), t("provider.step2"), t("provider.step3")];
  return (
    <EmptyState icon={<Building2 />} title={t("provider.noClients")} action={admin ? action : undefined}>
      {admin ? (
        <ol className="mt-2 flex flex-col gap-2 text-left">
          {steps.map((step, at) => (
            <li key={step} className="flex gap-3">
              <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-sm font-semibold text-text">
                {at + 1}
              </span>
              <span className="pt-0.5">{step}</span>
            </li>
          ))}
        </ol>
      ) : (
        t("provider.noClientsText")
      )}
    </EmptyState>
  );
}
