import { Ellipsis, FolderKey, KeyRound, Pencil, Trash2 } from "lucide-react";
import { useMemo } from "react";
import type { GroupDetails } from "@/api";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import type { Column } from "@/ui/Table";
import { levelOf } from "../access/levels";
import type { NamedCollection } from "../data";
import { useConsole } from "../scope";
import type { CollectionTab } from "./CollectionDialog";
import { mayDelete, mayEdit, mayGiveToGroups, mayGiveToPeople } from "./may";

type ColumnsInput = {
  /** null for those who see no items. */
  counts: ReadonlyMap<string, number> | null;
  groups: readonly GroupDetails[];
  onItems: (collection: NamedCollection) => void;
  onEdit: (collection: NamedCollection, tab: CollectionTab) => void;
  onDelete: (collection: NamedCollection) => void;
};

export function useColumns(input: ColumnsInput): Column<NamedCollection>[] {
  const { counts, groups, onItems, onEdit, onDelete } = input;
  const t = useT();
  const format = useFormat();
  return useMemo(() => {
    const groupNames = new Map(groups.map(({ id, name }) => [id as string, name]));
    const groupsOf = (collection: NamedCollection) =>
      collection.groups.map(({ id }) => groupNames.get(id) ?? id.slice(0, 8));
    const name = (collection: NamedCollection) =>
      collection.broken ? t("vault.undecryptable") : collection.name;
    const columns: (Column<NamedCollection> | null)[] = [
      {
        id: "name",
        header: t("common.name"),
        narrow: "title",
        width: "minmax(12rem,3fr)",
        sortBy: name,
        cell: (collection) => (
          <span className="flex min-w-0 items-center gap-2">
            <button
              type="button"
              className="min-w-0 truncate text-base font-medium hover:underline"
              onClick={(event) => {
                event.stopPropagation();
                onItems(collection);
              }}
            >
              {name(collection)}
            </button>
            {collection.unmanaged ? <Badge mood="warn">{t("collections.unmanaged")}</Badge> : null}
          </span>
        ),
      },
      counts && {
        id: "items",
        header: t("client.items"),
        narrow: "second",
        end: true,
        width: "5rem",
        sortBy: (collection) => counts.get(collection.id) ?? 0,
        cell: (collection) => format.number(counts.get(collection.id) ?? 0),
        narrowCell: (collection) => `${t("client.items")}: ${format.number(counts.get(collection.id) ?? 0)} `,
      },
      {
        id: "groups",
        header: t("collections.groups"),
        narrow: "none",
        width: "minmax(8rem,2fr)",
        cell: (collection) => (
          <span title={groupsOf(collection).join(", ")}>{groupsOf(collection).join(", ")}</span>
        ),
      },
      {
        id: "people",
        header: t("collections.people"),
        narrow: "none",
        end: true,
        width: "5rem",
        sortBy: (collection) => collection.users.length,
        cell: (collection) => format.number(collection.users.length),
      },
      {
        id: "mine",
        header: t("collections.mine"),
        narrow: "none",
        width: "minmax(7rem,1fr)",
        cell: (collection) => <Mine collection={collection} />,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        narrow: "end",
        end: true,
        width: "3rem",
        cell: (collection) => (
          <Acts collection={collection} onItems={onItems} onEdit={onEdit} onDelete={onDelete} />
        ),
      },
    ];
    return columns.filter((column) => column !== null);
  }, [t, format, counts, groups, onItems, onEdit, onDelete]);
}

function Mine({ collection }: { collection: NamedCollection }) {
  const t = useT();
  const { assigned, readOnly, hidePasswords, manage } = collection;
  if (!assigned) {
    return <span className="text-muted">{t("collections.noAccess")}</span>;
  }
  const level = levelOf({
    readOnly: readOnly ?? false,
    hidePasswords: hidePasswords ?? false,
    manage: manage ?? false,
  });
  return t(`client.level.${level}`);
}

type ActsProps = Pick<ColumnsInput, "onItems" | "onEdit" | "onDelete"> & { collection: NamedCollection };

function Acts({ collection, onItems, onEdit, onDelete }: ActsProps) {
  const t = useT();
  const scope = useConsole();
  const access = mayGiveToPeople(scope, collection) || mayGiveToGroups(scope, collection);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what happens here is not the row being opened
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span onClick={(event) => event.stopPropagation()}>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("collections.actsOf", { name: collection.name })}
            icon={<Ellipsis className="size-4" />}
          />
        }
      >
        <MenuItem icon={<FolderKey />} onClick={() => onItems(collection)}>
          {t("collections.lookItems")}
        </MenuItem>
        <MenuItem
          icon={<Pencil />}
          disabled={!mayEdit(scope, collection)}
          onClick={() => onEdit(collection, "info")}
        >
          {t("collections.editInfo")}
        </MenuItem>
        <MenuItem icon={<KeyRound />} disabled={!access} onClick={() => onEdit(collection, "access")}>
          {t("collections.editAccess")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          danger
          icon={<Trash2 />}
          disabled={!mayDelete(scope, collection)}
          onClick={() => onDelete(collection)}
        >
          {t("collections.delete")}
        </MenuItem>
      </Menu>
    </span>
  );
}
