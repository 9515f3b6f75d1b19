import { LibraryBig, Lock, ScrollText } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { explain } from "@/app/errors";
import type { CipherListItem } from "@/crypto/model/view";
import { ClientItems, type ItemScope, type VaultView } from "@/features/vault";
import { useT } from "@/i18n";
import type { ClientState, ItemReach } from "@/sync";
import { Callout } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { SidePanel } from "@/ui/Dialog";
import { MenuItem } from "@/ui/Menu";
import { useNarrow } from "@/ui/media";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useStoreState } from "../data";
import { ItemEventsDialog } from "../events/LogDialogs";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { AssignDialog } from "./AssignDialog";
import { CollectionNav } from "./CollectionNav";
import { isClosed, reachOf } from "./reach";

/** The items of the organization, by its collections. */
export function ItemsPage() {
  const t = useT();
  const scope = useConsole();
  const { name, store } = scope;
  const reach = reachOf(scope);
  const state = useStoreState();
  const ready = state.status.kind === "ready" || state.collections.length > 0;

  useEffect(() => {
    void store.load(reach);
    // Whoever administers items without a collection of their own is not told of each change.
    const back = () => document.visibilityState === "visible" && store.refreshSoon();
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [store, reach]);

  if (state.status.kind === "failed" && !ready) {
    return (
      <ErrorState
        title={t("client.loadFailed", { name })}
        action={<Button onClick={() => void store.load(reach)}>{t("common.tryAgain")}</Button>}
      >
        {explain(state.status.error, t)}
      </ErrorState>
    );
  }
  return ready ? <Items state={state} reach={reach} /> : <SkeletonRows />;
}

function viewOf(collection: string | undefined, organizationId: string): VaultView {
  if (collection === "trash" || collection === "unassigned" || collection === "attachments") {
    return { kind: collection };
  }
  return collection ? { kind: "collection", id: collection } : { kind: "organization", id: organizationId };
}

function Items({ state, reach }: { state: ClientState; reach: ItemReach }) {
  const t = useT();
  const narrow = useNarrow();
  const { organizationId, name, rights } = useConsole();
  const { search, go } = usePlace();
  const [filtering, setFiltering] = useState(false);
  const [events, setEvents] = useState<CipherListItem | null>(null);
  const { collection } = search;
  const view = useMemo(() => viewOf(collection, organizationId), [collection, organizationId]);
  // The dialog stands outside of the list: what is assigned elsewhere leaves it, and its selection.
  const [assigning, setAssigning] = useState<Assigning | null>(null);
  const scope = useItemScope(state, reach, setEvents, setAssigning);
  const chosen = state.collections.find(({ id }) => id === collection);
  const closed = reach === "none" || (chosen !== undefined && isClosed(reach, chosen));
  const writes =
    rights.can("writeAllItems") || state.collections.some(({ readOnly, assigned }) => assigned && !readOnly);
  const label = useLabel(view, chosen?.broken ? t("vault.undecryptable") : chosen?.name);
  const nav = (
    <CollectionNav
      state={state}
      current={collection}
      closed={(each) => isClosed(reach, each)}
      seesUnassigned={reach === "all"}
      onChosen={() => setFiltering(false)}
    />
  );
  return (
    <div className="flex min-h-0 flex-1">
      {narrow ? null : (
        <aside className="w-56 shrink-0 overflow-y-auto border-r border-line p-2 max-lg:w-48">{nav}</aside>
      )}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {reach === "all" ? null : (
          <div className="px-4 pt-3 sm:px-6">
            <Callout icon={<Lock />}>
              {t(reach === "none" ? "items.staffKeptOut" : "items.adminsKeptOut", { name })}
            </Callout>
          </div>
        )}
        <ClientItems
          key={collection ?? ""}
          scope={scope}
          state={state}
          name={name}
          view={view}
          place={search}
          onGo={(place) =>
            go("items", { collection, ...place }, { replace: Boolean(search.item && place.item) })
          }
          title={label}
          label={label}
          canCreate={writes && !closed}
          onFilter={narrow ? () => setFiltering(true) : undefined}
          empty={
            closed ? (
              <EmptyState icon={<Lock />} title={t("items.closedTitle")}>
                {t(reach === "none" ? "items.closedToStaff" : "items.closedText")}
              </EmptyState>
            ) : undefined
          }
        />
      </div>
      <SidePanel open={filtering} onClose={() => setFiltering(false)} title={t("items.collections")}>
        <div className="p-3">{nav}</div>
      </SidePanel>
      {assigning ? (
        <AssignDialog
          ids={assigning.ids}
          onClose={(finished) => {
            setAssigning(null);
            if (finished) {
              assigning.clear();
            }
          }}
        />
      ) : null}
      {events ? <ItemEventsDialog id={events.id} name={events.name} onClose={() => setEvents(null)} /> : null}
    </div>
  );
}

type Assigning = { readonly ids: readonly string[]; readonly clear: () => void };

function useLabel(view: VaultView, collection: string | undefined): string {
  const t = useT();
  switch (view.kind) {
    case "trash":
      return t("vault.view.trash");
    case "unassigned":
    case "attachments":
      return t(`vault.view.${view.kind}`);
    case "collection":
      return collection ?? t("items.collectionGone");
    default:
      return t("client.allItems");
  }
}

/** The vault's own views, for items that belong to the organization and stay there. */
function useItemScope(
  state: ClientState,
  reach: ItemReach,
  onEvents: (item: CipherListItem) => void,
  onAssign: (assigning: Assigning) => void,
): ItemScope {
  const t = useT();
  const { organizationId, name, badge, store, rights, summary } = useConsole();
  const log = rights.can("readEvents") && summary.useEvents !== false;
  return useMemo(
    () => ({
      store,
      kind: "client",
      organizationId,
      collections: state.collections
        .filter((collection) => !isClosed(reach, collection))
        // Whoever writes all items fills every collection, assigned or not.
        .map((collection) => (rights.can("writeAllItems") ? { ...collection, readOnly: false } : collection)),
      folders: [],
      organizationName: () => name,
      badge,
      bulk: (ids, clear) => (
        <IconButton
          size="sm"
          label={t("items.assign")}
          icon={<LibraryBig className="size-4" />}
          onClick={() => onAssign({ ids, clear })}
        />
      ),
      ...(log && {
        menu: (item: CipherListItem) => (
          <MenuItem icon={<ScrollText />} onClick={() => onEvents(item)}>
            {t("console.section.events")}
          </MenuItem>
        ),
      }),
    }),
    [t, store, organizationId, state.collections, reach, name, badge, rights, log, onEvents, onAssign],
  );
}
