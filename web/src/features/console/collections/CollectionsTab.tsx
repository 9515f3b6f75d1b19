import { LibraryBig, Pencil, Plus } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { OrgId } from "@/crypto/model/ids";
import type { CollectionView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ClientState, ClientVault } from "@/sync";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState } from "@/ui/States";
import { type Column, Table } from "@/ui/Table";
import { CollectionDialog } from "./CollectionDialog";

type CollectionsTabProps = {
  client: ClientVault;
  organizationId: OrgId;
  state: ClientState;
  name: string;
  badge: ReactNode;
  onOpen: (collection: string) => void;
};

export function CollectionsTab(props: CollectionsTabProps) {
  const { client, organizationId, state, name, badge, onOpen } = props;
  const t = useT();
  const format = useFormat();
  const [edited, setEdited] = useState<CollectionView | "new" | null>(null);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const item of state.items.filter((candidate) => candidate.deletedDate === null)) {
      for (const id of item.collectionIds) {
        found.set(id, (found.get(id) ?? 0) + 1);
      }
    }
    return found;
  }, [state.items]);
  const columns = useMemo<Column<CollectionView>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        narrow: "title",
        width: "minmax(12rem,3fr)",
        sortBy: (collection) => collection.name,
        cell: (collection) => (
          <button
            type="button"
            className="truncate text-base font-medium hover:underline"
            onClick={(event) => {
              event.stopPropagation();
              onOpen(collection.id);
            }}
          >
            {collection.broken ? t("vault.undecryptable") : collection.name}
          </button>
        ),
      },
      {
        id: "items",
        header: t("client.items"),
        narrow: "second",
        end: true,
        width: "7rem",
        sortBy: (collection) => counts.get(collection.id) ?? 0,
        cell: (collection) => format.number(counts.get(collection.id) ?? 0),
      },
      {
        id: "edit",
        header: t("common.actions"),
        quiet: true,
        narrow: "end",
        end: true,
        width: "3rem",
        cell: (collection) => (
          <IconButton
            size="sm"
            label={t("client.editCollection", { name: collection.name })}
            icon={<Pencil className="size-4" />}
            onClick={(event) => {
              event.stopPropagation();
              setEdited(collection);
            }}
          />
        ),
      },
    ],
    [t, format, counts, onOpen],
  );
  const create = (
    <Button look="primary" icon={<Plus className="size-4" />} onClick={() => setEdited("new")}>
      {t("client.newCollection")}
    </Button>
  );
  return (
    <>
      {state.collections.length === 0 ? (
        <EmptyState icon={<LibraryBig />} title={t("client.noCollections", { name })} action={create}>
          {t("client.noCollectionsText")}
        </EmptyState>
      ) : (
        <>
          <div className="flex items-center justify-between gap-3 px-4 py-2.5 sm:px-6">
            <span className="text-sm text-muted" role="status">
              {t("client.collectionCount", { count: state.collections.length })}
            </span>
            {create}
          </div>
          <Table
            label={t("vault.collections")}
            columns={columns}
            rows={[...state.collections]}
            rowKey={(collection) => collection.id}
            initialSort={{ id: "name" }}
            onOpen={(collection) => onOpen(collection.id)}
          />
        </>
      )}
      {edited ? (
        <CollectionDialog
          client={client}
          organizationId={organizationId}
          collection={edited === "new" ? null : edited}
          badge={badge}
          itemCount={edited === "new" ? 0 : (counts.get(edited.id) ?? 0)}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}
