import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { usePageTitle } from "@/app/title";
import { ClientItems } from "@/features/vault";
import { useT } from "@/i18n";
import { Avatar, toneOf } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { type Tab, Tabs } from "@/ui/Tabs";
import { CollectionPicker } from "./CollectionPicker";
import { CollectionsTab } from "./CollectionsTab";
import { useClientVault, useProvider } from "./data";
import { PeopleTab } from "./PeopleTab";

const tabs = ["items", "collections", "people"] as const;
type TabId = (typeof tabs)[number];
const route = "/shell/providers/$providerId/clients/$organizationId/$tab";

/** One client's vault, in the client's colour, so that nobody takes it for another's. */
export function ClientPage() {
  const t = useT();
  const { providerId, organizationId } = useParams({ from: route });
  const provider = useProvider(providerId);
  const client = useVault((state) => state.providerOrganizations).find(
    (candidate) => candidate.id === organizationId && candidate.providerId === providerId,
  );
  usePageTitle(t("client.title"));
  if (!(provider && client)) {
    return (
      <EmptyState
        title={t("client.goneTitle")}
        action={
          <Link to="/providers/$providerId/clients" params={{ providerId }}>
            {t("client.backToClients")}
          </Link>
        }
      >
        {t("client.goneText")}
      </EmptyState>
    );
  }
  const badge = (
    <span className="flex items-center gap-2 text-sm font-medium">
      <Avatar size="sm" seed={organizationId} name={client.name} />
      {client.name}
    </span>
  );
  return (
    <>
      <Band
        organizationId={organizationId}
        name={client.name}
        providerId={providerId}
        providerName={provider.name}
      />
      <Workspace key={organizationId} name={client.name} badge={badge} />
    </>
  );
}

type BandProps = { organizationId: string; name: string; providerId: string; providerName: string };

function Band({ organizationId, name, providerId, providerName }: BandProps) {
  const t = useT();
  return (
    <div
      data-tone={toneOf(organizationId)}
      className="tone-band flex items-center gap-3 border-b border-t-4 px-4 py-2.5 sm:px-6"
    >
      <Avatar seed={organizationId} name={name} size="lg" />
      <div className="min-w-0 flex-1">
        <nav aria-label={t("client.path")} className="flex items-center gap-1 text-sm text-muted">
          <Link
            to="/providers/$providerId/clients"
            params={{ providerId }}
            className="rounded hover:text-text hover:underline"
          >
            {t("shell.clients")}
          </Link>
          <ChevronRight className="size-3.5" aria-hidden />
          <span className="truncate">{t("client.asProvider", { name: providerName })}</span>
        </nav>
        <h1 className="truncate text-lg font-semibold tracking-tight">{name}</h1>
      </div>
    </div>
  );
}

function Workspace({ name, badge }: { name: string; badge: ReactNode }) {
  const t = useT();
  const { providerId, organizationId, tab } = useParams({ from: route });
  const search = useSearch({ from: route });
  const navigate = useNavigate();
  const { client, state } = useClientVault(organizationId);
  const current: TabId = tabs.find((candidate) => candidate === tab) ?? "items";

  useEffect(() => {
    void client.load();
  }, [client]);

  function go(
    next: TabId,
    to: { item?: string | undefined; mode?: string | undefined; collection?: string | undefined } = {},
  ) {
    void navigate({
      to: "/providers/$providerId/clients/$organizationId/$tab",
      params: { providerId, organizationId, tab: next },
      search: to,
      replace: next === current && Boolean(search.item && to.item),
    });
  }

  const live = state.items.filter((item) => item.deletedDate === null).length;
  const ready = state.status.kind === "ready" || state.items.length > 0;
  const choices: Tab<TabId>[] = [
    { id: "items", label: t("client.items"), ...(ready && { count: live }) },
    { id: "collections", label: t("vault.collections"), ...(ready && { count: state.collections.length }) },
    { id: "people", label: t("client.people") },
  ];
  return (
    <>
      <div className="px-3 sm:px-5">
        <Tabs label={t("client.sections")} tabs={choices} current={current} onChange={(next) => go(next)} />
      </div>
      {current === "people" ? (
        <PeopleTab client={client} organizationId={organizationId} name={name} badge={badge} />
      ) : state.status.kind === "failed" && !ready ? (
        <ErrorState
          title={t("client.loadFailed", { name })}
          action={<Button onClick={() => void client.load()}>{t("common.tryAgain")}</Button>}
        >
          {explain(state.status.error, t)}
        </ErrorState>
      ) : !ready ? (
        <SkeletonRows />
      ) : current === "collections" ? (
        <CollectionsTab
          client={client}
          organizationId={organizationId}
          state={state}
          name={name}
          badge={badge}
          onOpen={(collection) => go("items", { collection })}
        />
      ) : (
        <ClientItems
          client={client}
          state={state}
          organizationId={organizationId}
          name={name}
          badge={badge}
          collection={search.collection}
          place={search}
          onGo={(place) => go("items", { collection: search.collection, ...place })}
          title={
            <CollectionPicker
              collections={state.collections}
              current={search.collection}
              onChange={(collection) => go("items", { collection })}
            />
          }
        />
      )}
    </>
  );
}
