import { ChevronDown, ChevronRight, CircleDashed, LibraryBig, Lock, Paperclip, Trash2 } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { CollectionView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ClientState } from "@/sync";
import { cx } from "@/ui/cx";
import { SectionLink } from "../place";
import { flat, treeOf } from "./tree";

type CollectionNavProps = {
  state: ClientState;
  /** A collection's id, "unassigned", "attachments", "trash", or none for everything. */
  current: string | undefined;
  /** Collections that are listed but not open to oneself. */
  closed: (collection: CollectionView) => boolean;
  /** Items that lie in no collection can be seen at all. */
  seesUnassigned: boolean;
  onChosen?: () => void;
};

function countsOf(state: ClientState) {
  const inside = new Map<string, number>();
  const all = { items: 0, unassigned: 0, attachments: 0, trash: 0 };
  for (const { deletedDate, collectionIds, hasAttachments } of state.items) {
    if (deletedDate !== null) {
      all.trash += 1;
      continue;
    }
    all.items += 1;
    all.attachments += hasAttachments ? 1 : 0;
    all.unassigned += collectionIds.length === 0 ? 1 : 0;
    for (const id of collectionIds) {
      inside.set(id, (inside.get(id) ?? 0) + 1);
    }
  }
  return { ...all, inside };
}

/** The collections of the organization as a tree, each with the number of its items. */
export function CollectionNav({ state, current, closed, seesUnassigned, onChosen }: CollectionNavProps) {
  const t = useT();
  const counts = useMemo(() => countsOf(state), [state]);
  const tree = useMemo(() => treeOf(state.collections), [state.collections]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const lines = flat(tree, (id) => !folded.has(id));

  function fold(id: string) {
    const next = new Set(folded);
    if (!next.delete(id)) {
      next.add(id);
    }
    setFolded(next);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link in it was chosen, and Enter on a link is a click
    <nav
      aria-label={t("items.collections")}
      onClick={(event) => (event.target as HTMLElement).closest("a") && onChosen?.()}
      className="flex flex-col gap-px"
    >
      <Line
        active={current === undefined}
        icon={<LibraryBig />}
        label={t("client.allItems")}
        count={counts.items}
      />
      {lines.map(({ node, depth }) => {
        const { id, name, broken } = node.collection;
        const label = broken ? t("vault.undecryptable") : node.label;
        const isFolded = folded.has(id);
        return (
          <Line
            key={id}
            search={id}
            active={current === id}
            depth={depth}
            label={label}
            title={name}
            count={closed(node.collection) ? undefined : (counts.inside.get(id) ?? 0)}
            icon={closed(node.collection) ? <Lock aria-label={t("items.closed")} /> : undefined}
            toggle={
              node.children.length > 0 ? (
                <button
                  type="button"
                  aria-expanded={!isFolded}
                  aria-label={t(isFolded ? "items.unfold" : "items.fold", { name: label })}
                  onClick={() => fold(id)}
                  className="flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
                >
                  {isFolded ? <ChevronRight className="size-3.5" /> : <ChevronDown className="size-3.5" />}
                </button>
              ) : undefined
            }
          />
        );
      })}
      {seesUnassigned ? (
        <Line
          search="unassigned"
          active={current === "unassigned"}
          icon={<CircleDashed />}
          label={t("vault.view.unassigned")}
          count={counts.unassigned}
        />
      ) : null}
      {counts.attachments > 0 ? (
        <Line
          search="attachments"
          active={current === "attachments"}
          icon={<Paperclip />}
          label={t("vault.view.attachments")}
          count={counts.attachments}
        />
      ) : null}
      <Line
        search="trash"
        active={current === "trash"}
        icon={<Trash2 />}
        label={t("vault.view.trash")}
        count={counts.trash}
      />
    </nav>
  );
}

type LineProps = {
  search?: string;
  active: boolean;
  label: string;
  title?: string;
  count?: number | undefined;
  icon?: ReactNode;
  depth?: number;
  toggle?: ReactNode;
};

function Line({ search, active, label, title, count, icon, depth = 0, toggle }: LineProps) {
  const format = useFormat();
  return (
    <div
      className={cx(
        "flex h-8 items-center rounded-lg pr-2.5",
        active ? "bg-accent-soft font-medium text-accent-text" : "hover:bg-hover",
      )}
      style={{ paddingLeft: `${4 + depth * 14}px` }}
    >
      {toggle ?? <span className="w-6 shrink-0" />}
      <SectionLink
        section="items"
        search={{ collection: search }}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-lg [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
      >
        {icon}
        <span className="truncate" title={title}>
          {label}
        </span>
        {count === undefined ? null : (
          <span className="ml-auto text-xs font-normal text-muted tabular-nums">{format.number(count)}</span>
        )}
      </SectionLink>
    </div>
  );
}
