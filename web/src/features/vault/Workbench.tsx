import { ListFilter, Plus, Search } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useShortcuts } from "@/app/useShortcuts";
import type { CipherListItem, CipherTypeName } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button, IconButton } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Menu, MenuItem } from "@/ui/Menu";
import { useNarrow } from "@/ui/media";
import { ItemEditorLoader, NewItem } from "./edit/ItemEditor";
import { ItemIcon } from "./ItemIcon";
import { BulkBar } from "./list/BulkBar";
import { ItemList } from "./list/ItemList";
import { useSelection } from "./list/useSelection";
import type { VaultView } from "./model/filter";
import { searchItems } from "./model/search";
import { isItemType, itemTypes } from "./model/types";
import { useScope } from "./scope";
import { ItemDetail } from "./view/ItemDetail";

export type Place = { item?: string | undefined; mode?: string | undefined };

type WorkbenchProps = {
  title: ReactNode;
  label: string;
  items: readonly CipherListItem[];
  /** Everything before the view narrowed it, for the count. */
  view: VaultView;
  place: Place;
  onGo: (place: Place) => void;
  empty: (newItem: () => void) => ReactNode;
  onFilter?: () => void;
  canCreate: boolean;
};

/** List and details side by side; on a phone one after the other. */
export function Workbench(props: WorkbenchProps) {
  const { title, label, items, view, place, onGo, empty, onFilter, canCreate } = props;
  const t = useT();
  const format = useFormat();
  const narrow = useNarrow();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const found = useMemo(() => searchItems(items, wanted), [items, wanted]);
  const selection = useSelection(found);
  const searchBox = useRef<HTMLInputElement>(null);
  const details = useRef<HTMLElement>(null);
  const newType = place.mode?.startsWith("new-") ? place.mode.slice(4) : undefined;
  const editing = place.mode === "edit" && place.item !== undefined;
  const showsDetail = place.item !== undefined || newType !== undefined;

  // In a client's area the client's name is the page's heading.
  const Heading = useScope().kind === "own" ? "h1" : "h2";

  const createOf = (type: CipherTypeName) => onGo({ mode: `new-${type}` });
  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => canCreate && createOf("login"),
    edit: () => place.item && !place.mode && onGo({ item: place.item, mode: "edit" }),
    escape: () => {
      if (selection.size > 0) {
        selection.clear();
      } else if (place.item && !place.mode) {
        onGo({});
      }
    },
  });
  useEffect(() => {
    if (narrow && showsDetail) {
      details.current?.focus();
    }
  }, [narrow, showsDetail]);

  const list = (
    <section
      className={cx(
        "flex min-h-0 flex-col",
        narrow ? "w-full flex-1" : "w-[22.5rem] shrink-0 border-r border-line",
      )}
    >
      <div className="flex flex-col gap-2.5 border-b border-line px-3 pt-3 pb-2.5">
        <div className="flex min-h-8 items-center gap-1.5">
          <Heading className="min-w-0 flex-1 truncate text-md font-semibold">{title}</Heading>
          {onFilter ? (
            <IconButton
              size="sm"
              label={t("vault.filter")}
              icon={<ListFilter className="size-4" />}
              onClick={onFilter}
            />
          ) : null}
          {canCreate ? (
            <NewMenu look={items.length > 0 ? "primary" : "secondary"} onCreate={createOf} />
          ) : null}
        </div>
        <div className="relative">
          <Search className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" aria-hidden />
          <input
            ref={searchBox}
            type="search"
            aria-label={t("vault.searchIn", { view: label })}
            placeholder={t("vault.searchIn", { view: label })}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              const first = found[0];
              if (event.key === "Escape" && query) {
                event.stopPropagation();
                setQuery("");
              } else if ((event.key === "ArrowDown" || event.key === "Enter") && first) {
                event.preventDefault();
                onGo({ item: first.id });
                requestAnimationFrame(() =>
                  document.querySelector<HTMLElement>(`[data-item="${first.id}"]`)?.focus(),
                );
              }
            }}
            className="h-9 w-full rounded-lg border border-transparent bg-sunken pr-3 pl-8 hover:border-line focus:border-control max-sm:text-[16px]"
          />
        </div>
      </div>
      {items.length === 0 ? (
        <div className="flex-1 overflow-y-auto">{empty(() => createOf("login"))}</div>
      ) : found.length === 0 ? (
        <p className="flex-1 px-6 py-10 text-center text-muted">
          {t("vault.nothingFound", { query: wanted })}
        </p>
      ) : (
        <ItemList
          label={label}
          items={found}
          current={place.item}
          selection={selection}
          onOpen={(id) => onGo({ item: id })}
          onEnter={() => details.current?.focus()}
        />
      )}
      {selection.size > 0 ? (
        <BulkBar selection={selection} view={view.kind} />
      ) : items.length > 0 ? (
        <div className="border-t border-line px-3 py-1.5 text-xs text-muted" role="status">
          {t("common.of", { shown: format.number(found.length), total: format.number(items.length) })}
        </div>
      ) : null}
    </section>
  );

  const detail = (
    <section
      ref={details}
      tabIndex={-1}
      aria-label={t("vault.details")}
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      {narrow && Heading === "h1" ? <h1 className="sr-only">{label}</h1> : null}
      {newType !== undefined ? (
        <NewItem
          key={newType}
          type={isItemType(newType) ? newType : "login"}
          view={view}
          onDone={(id) => onGo(id ? { item: id } : {})}
        />
      ) : editing && place.item ? (
        <ItemEditorLoader key={place.item} id={place.item} onDone={() => onGo({ item: place.item })} />
      ) : place.item ? (
        <ItemDetail
          key={place.item}
          id={place.item}
          onBack={narrow ? () => onGo({}) : undefined}
          onEdit={() => onGo({ item: place.item, mode: "edit" })}
          onOpen={(id) => onGo({ item: id, mode: "edit" })}
          onGone={() => onGo({})}
        />
      ) : (
        <Hints />
      )}
    </section>
  );

  return (
    <div className="flex min-h-0 flex-1">
      {narrow && showsDetail ? null : list}
      {narrow && !showsDetail ? null : detail}
    </div>
  );
}

type NewMenuProps = { look: "primary" | "secondary"; onCreate: (type: CipherTypeName) => void };

function NewMenu({ look, onCreate }: NewMenuProps) {
  const t = useT();
  return (
    <Menu
      trigger={
        <Button size="sm" look={look} icon={<Plus className="size-4" />}>
          {t("vault.new")}
        </Button>
      }
    >
      {itemTypes.map((type) => (
        <MenuItem key={type} icon={<ItemIcon type={type} bare />} onClick={() => onCreate(type)}>
          {t(`vault.typeOne.${type}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** An empty pane teaches the keys. */
function Hints() {
  const t = useT();
  const keys = [
    ["/", t("vault.keys.search")],
    ["↑ ↓", t("vault.keys.move")],
    ["n", t("vault.keys.new")],
    ["e", t("vault.keys.edit")],
    ["Ctrl K", t("vault.keys.palette")],
  ] as const;
  return (
    <div className="m-auto flex flex-col items-center gap-5 p-8 text-muted">
      <p>{t("vault.chooseItem")}</p>
      <dl className="grid grid-cols-[auto_auto] items-center gap-x-4 gap-y-2 text-sm">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt className="text-right">
              <kbd className="rounded-md border border-line bg-surface px-1.5 py-0.5 font-sans text-xs">
                {key}
              </kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
