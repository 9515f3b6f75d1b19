import { Ellipsis, Info, LibraryBig, Plus, Trash2, UsersRound, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { GroupDetails } from "@/api";
import { explain } from "@/app/errors";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { type Selection, useSelection } from "@/ui/selection";
import { type Column, Table } from "@/ui/Table";
import { useCollections, useGroups, useMembers } from "../data";
import { ListBar, SearchBox } from "../frame/ListBar";
import { PageHead } from "../frame/PageHead";
import { Names } from "../people/columns";
import { useConsole } from "../scope";
import { DeleteGroups } from "./DeleteGroups";
import { GroupPanel, type GroupTab } from "./GroupPanel";

type GroupDialog =
  | { readonly kind: "edit"; readonly group: GroupDetails | null; readonly tab: GroupTab }
  | { readonly kind: "delete"; readonly groups: readonly GroupDetails[] };

const none: GroupDetails[] = [];
const rowKey = (group: GroupDetails) => group.id;

/** Groups give access to many people at once. */
export function GroupsPage() {
  const t = useT();
  const format = useFormat();
  const { name } = useConsole();
  const groups = useGroups();
  const counts = useMemberCounts();
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<GroupDialog | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const all = groups.data ?? none;
  const found = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    return all.filter((group) => group.name.toLocaleLowerCase().includes(wanted));
  }, [all, query]);
  const selection = useSelection(useMemo(() => found.map(rowKey), [found]));
  const columns = useColumns(counts, setDialog);
  const create = () => setDialog({ kind: "edit", group: null, tab: "info" });

  useShortcuts({ search: () => searchBox.current?.focus(), create, escape: selection.clear });

  if (groups.isError && !groups.data) {
    return (
      <ErrorState
        title={t("console.groups.failed", { name })}
        action={<Button onClick={() => void groups.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(groups.error, t)}
      </ErrorState>
    );
  }
  const newGroup = (
    <Button look="primary" icon={<Plus className="size-4" />} onClick={create}>
      {t("console.groups.new")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("console.section.groups")}
        note={t("console.groups.note")}
        actions={all.length > 0 ? newGroup : undefined}
      />
      {groups.isPending ? (
        <SkeletonRows />
      ) : all.length === 0 ? (
        <EmptyState icon={<UsersRound />} title={t("console.groups.empty", { name })} action={newGroup}>
          {t("console.groups.emptyText")}
        </EmptyState>
      ) : (
        <>
          <ListBar
            count={t("common.of", { shown: format.number(found.length), total: format.number(all.length) })}
          >
            <SearchBox ref={searchBox} label={t("console.groups.search")} value={query} onChange={setQuery} />
          </ListBar>
          {found.length === 0 ? (
            <p className="px-6 py-10 text-center text-muted">{t("vault.nothingFound", { query })}</p>
          ) : (
            <Table
              label={t("console.section.groups")}
              choose="console-groups"
              columns={columns}
              rows={found}
              rowKey={rowKey}
              initialSort={{ id: "name" }}
              onOpen={(group) => setDialog({ kind: "edit", group, tab: "info" })}
              selection={{
                marked: selection,
                allLabel: t("vault.selectAll"),
                rowLabel: (group) => t("vault.select", { name: group.name }),
              }}
            />
          )}
        </>
      )}
      {selection.size > 0 ? (
        <GroupsBar
          selection={selection}
          onDelete={() => setDialog({ kind: "delete", groups: found.filter(({ id }) => selection.has(id)) })}
        />
      ) : null}
      {dialog?.kind === "edit" ? (
        <GroupPanel
          group={dialog.group}
          tab={dialog.tab}
          onDelete={(group) => setDialog({ kind: "delete", groups: [group] })}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog?.kind === "delete" ? (
        <DeleteGroups groups={dialog.groups} counts={counts} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}

/** How many people are in each group; null for those who may not read the list of people. */
function useMemberCounts(): ReadonlyMap<string, number> | null {
  const members = useMembers();
  return useMemo(() => {
    if (!members.data) {
      return null;
    }
    const counts = new Map<string, number>();
    for (const id of members.data.flatMap((member) => member.groups ?? [])) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }, [members.data]);
}

function GroupsBar({ selection, onDelete }: { selection: Selection; onDelete: () => void }) {
  const t = useT();
  return (
    <div className="flex min-h-12 items-center gap-1.5 border-t border-line bg-surface px-4 py-2 sm:px-6">
      <span className="mr-auto font-medium" role="status">
        {t("vault.selected", { count: selection.size })}
      </span>
      <Button size="sm" onClick={onDelete}>
        {t("console.groups.delete", { count: selection.size })}
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

function useColumns(
  counts: ReadonlyMap<string, number> | null,
  onOpen: (dialog: GroupDialog) => void,
): Column<GroupDetails>[] {
  const t = useT();
  const format = useFormat();
  const collections = useCollections();
  return useMemo(() => {
    const names = new Map<string, string>((collections.data ?? []).map(({ id, name }) => [id, name]));
    const namesOf = (group: GroupDetails) =>
      group.collections.flatMap(({ id }) => names.get(id) ?? []).sort((a, b) => a.localeCompare(b));
    return [
      {
        id: "name",
        header: t("common.name"),
        narrow: "title",
        width: "minmax(12rem,2fr)",
        sortBy: (group) => group.name,
        cell: (group) => (
          <button
            type="button"
            className="block max-w-full truncate text-left text-base font-medium hover:underline"
            onClick={(event) => {
              event.stopPropagation();
              onOpen({ kind: "edit", group, tab: "info" });
            }}
          >
            {group.name}
          </button>
        ),
      },
      {
        id: "members",
        header: t("console.section.people"),
        narrow: "second",
        end: true,
        width: "6rem",
        sortBy: (group) => counts?.get(group.id) ?? 0,
        cell: (group) => (counts ? format.number(counts.get(group.id) ?? 0) : "–"),
        narrowCell: (group) =>
          [
            counts ? t("client.peopleCount", { count: counts.get(group.id) ?? 0 }) : null,
            t("client.collectionCount", { count: group.collections.length }),
          ]
            .filter(Boolean)
            .join(" · "),
      },
      {
        id: "collections",
        header: t("vault.collections"),
        narrow: "none",
        width: "minmax(10rem,3fr)",
        sortBy: (group) => group.collections.length,
        cell: (group) => <Names names={namesOf(group)} />,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        narrow: "end",
        width: "3rem",
        cell: (group) => <GroupMenu group={group} onOpen={onOpen} />,
      },
    ];
  }, [t, format, counts, collections.data, onOpen]);
}

function GroupMenu({ group, onOpen }: { group: GroupDetails; onOpen: (dialog: GroupDialog) => void }) {
  const t = useT();
  const edit = (tab: GroupTab) => onOpen({ kind: "edit", group, tab });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what happens here is not the row being opened
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span onClick={(event) => event.stopPropagation()}>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t("console.people.actsOf", { person: group.name })}
            icon={<Ellipsis className="size-4" />}
          />
        }
      >
        <MenuItem icon={<Info />} onClick={() => edit("info")}>
          {t("console.groups.tab.info")}
        </MenuItem>
        <MenuItem icon={<UsersRound />} onClick={() => edit("members")}>
          {t("console.groups.tab.members")}
        </MenuItem>
        <MenuItem icon={<LibraryBig />} onClick={() => edit("collections")}>
          {t("console.groups.tab.collections")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 />} onClick={() => onOpen({ kind: "delete", groups: [group] })}>
          {t("console.groups.delete", { count: 1 })}
        </MenuItem>
      </Menu>
    </span>
  );
}
