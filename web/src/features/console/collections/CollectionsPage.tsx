import { KeyRound, LibraryBig, Plus, Trash2, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { explain } from "@/app/errors";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useSelection } from "@/ui/selection";
import { Table } from "@/ui/Table";
import { type NamedCollection, useCollections, useGroups, useStoreState } from "../data";
import { ListBar, SearchBox } from "../frame/ListBar";
import { PageHead } from "../frame/PageHead";
import { reachOf } from "../items/reach";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { BulkAccessDialog } from "./BulkAccessDialog";
import { CollectionDialog, type CollectionTab } from "./CollectionDialog";
import { useColumns } from "./columns";
import { DeleteDialog } from "./DeleteDialog";
import { mayDelete, mayEdit } from "./may";

type Open =
  | { readonly act: "new" }
  | { readonly act: "edit"; readonly collection: NamedCollection; readonly tab: CollectionTab }
  | { readonly act: "access" | "delete"; readonly collections: readonly NamedCollection[] };

/** The collections of the organization, who has access to them, and what they hold. */
export function CollectionsPage() {
  const t = useT();
  const scope = useConsole();
  const { name, rights, store } = scope;
  const { go } = usePlace();
  const collections = useCollections();
  const reach = reachOf(scope);
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState<Open | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const counts = useCounts();
  const wanted = query.trim().toLocaleLowerCase();
  const shown = useMemo(
    () => (collections.data ?? []).filter((each) => each.name.toLocaleLowerCase().includes(wanted)),
    [collections.data, wanted],
  );
  const selection = useSelection(useMemo(() => shown.map(({ id }) => id), [shown]));
  const marked = shown.filter(({ id }) => selection.has(id));
  const creates = rights.can("createCollections");

  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => creates && setOpen({ act: "new" }),
    escape: selection.clear,
  });

  useEffect(() => {
    // For the numbers of items.
    if (store.getSnapshot().status.kind === "idle") {
      void store.load(reach);
    }
  }, [store, reach]);

  const columns = useColumns({
    counts: reach === "none" ? null : counts,
    groups: useGroups().data ?? [],
    onItems: (collection) => go("items", { collection: collection.id }),
    onEdit: (collection, tab) => setOpen({ act: "edit", collection, tab }),
    onDelete: (collection) => setOpen({ act: "delete", collections: [collection] }),
  });
  const create = creates ? (
    <Button look="primary" icon={<Plus className="size-4" />} onClick={() => setOpen({ act: "new" })}>
      {t("client.newCollection")}
    </Button>
  ) : undefined;

  if (collections.isError && !collections.data) {
    return (
      <ErrorState
        title={t("collections.failed", { name })}
        action={<Button onClick={() => void collections.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(collections.error, t)}
      </ErrorState>
    );
  }
  const total = collections.data?.length ?? 0;
  return (
    <>
      <PageHead title={t("console.section.collections")} actions={total > 0 ? create : undefined} />
      {collections.isPending ? (
        <SkeletonRows />
      ) : total === 0 ? (
        <EmptyState icon={<LibraryBig />} title={t("client.noCollections", { name })} action={create}>
          {t("client.noCollectionsText")}
        </EmptyState>
      ) : (
        <>
          <ListBar count={<Count shown={shown.length} total={total} />}>
            <SearchBox ref={searchBox} label={t("collections.search")} value={query} onChange={setQuery} />
          </ListBar>
          {shown.length === 0 ? (
            <p className="flex-1 px-6 py-10 text-center text-muted">{t("vault.nothingFound", { query })}</p>
          ) : (
            <Table
              label={t("console.section.collections")}
              choose="console-collections"
              columns={columns}
              rows={shown}
              rowKey={(collection) => collection.id}
              initialSort={{ id: "name" }}
              onOpen={(collection) => go("items", { collection: collection.id })}
              selection={{
                marked: selection,
                allLabel: t("collections.selectAll"),
                rowLabel: (collection) => t("collections.selectOne", { name: collection.name }),
              }}
            />
          )}
          {selection.size > 0 ? (
            <div className="flex min-h-12 items-center gap-2 border-t border-line bg-surface px-4 sm:px-6">
              <span className="mr-auto font-medium whitespace-nowrap" role="status">
                {t("vault.selected", { count: selection.size })}
              </span>
              <div className="flex min-w-0 gap-1.5 overflow-x-auto px-0.5 py-2">
                <Button
                  size="sm"
                  icon={<KeyRound className="size-4" />}
                  disabled={!marked.every((each) => mayEdit(scope, each))}
                  onClick={() => setOpen({ act: "access", collections: marked })}
                >
                  {t("collections.giveAccess")}
                </Button>
                <Button
                  size="sm"
                  className="text-bad"
                  icon={<Trash2 className="size-4" />}
                  disabled={!marked.every((each) => mayDelete(scope, each))}
                  onClick={() => setOpen({ act: "delete", collections: marked })}
                >
                  {t("collections.delete")}
                </Button>
              </div>
              <IconButton
                size="sm"
                label={t("vault.clearSelection")}
                icon={<X className="size-4" />}
                onClick={selection.clear}
              />
            </div>
          ) : null}
        </>
      )}
      <Dialogs open={open} counts={counts} onOpen={setOpen} onDone={selection.clear} />
    </>
  );
}

function Count({ shown, total }: { shown: number; total: number }) {
  const t = useT();
  const format = useFormat();
  return t("common.of", { shown: format.number(shown), total: format.number(total) });
}

/** How many items lie in each collection; the trash does not count. */
function useCounts(): ReadonlyMap<string, number> {
  const { items } = useStoreState();
  return useMemo(() => {
    const found = new Map<string, number>();
    for (const { deletedDate, collectionIds } of items) {
      for (const id of deletedDate === null ? collectionIds : []) {
        found.set(id, (found.get(id) ?? 0) + 1);
      }
    }
    return found;
  }, [items]);
}

type DialogsProps = {
  open: Open | null;
  counts: ReadonlyMap<string, number>;
  onOpen: (open: Open | null) => void;
  onDone: () => void;
};

function Dialogs({ open, counts, onOpen, onDone }: DialogsProps) {
  const scope = useConsole();
  const close = () => onOpen(null);
  const done = () => {
    onDone();
    close();
  };
  switch (open?.act) {
    case "new":
      return <CollectionDialog collection={null} tab="info" onClose={close} />;
    case "edit": {
      const { collection, tab } = open;
      const remove = () => onOpen({ act: "delete", collections: [collection] });
      return (
        <CollectionDialog
          collection={collection}
          tab={tab}
          onClose={close}
          onDelete={mayDelete(scope, collection) ? remove : undefined}
        />
      );
    }
    case "access":
      return <BulkAccessDialog collections={open.collections} onClose={close} onDone={done} />;
    case "delete": {
      const items = open.collections.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
      return <DeleteDialog collections={open.collections} items={items} onClose={close} onDone={done} />;
    }
    default:
      return null;
  }
}
