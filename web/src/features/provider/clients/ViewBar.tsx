import { Funnel, X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { SearchBox } from "@/features/console/frame/ListBar";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Menu, MenuCheck, MenuNote, MenuSeparator } from "@/ui/Menu";
import { useTags } from "../data";
import { usePortal } from "../scope";
import type { UsedView } from "./useView";

type ViewBarProps = UsedView & {
  query: string;
  onQuery: (query: string) => void;
  searchBox: Ref<HTMLInputElement>;
  shown: number;
  total: number;
  /** More acts on what is shown. */
  children?: ReactNode;
};

/** Search and filters above a list of clients, and how many of them are left. */
export function ViewBar(props: ViewBarProps) {
  const { view, set, query, onQuery, searchBox, shown, total, children } = props;
  const t = useT();
  const format = useFormat();
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:px-6">
      <SearchBox ref={searchBox} label={t("provider.searchClients")} value={query} onChange={onQuery} />
      <FilterMenu view={view} set={set} />
      {children}
      <Chips view={view} set={set} />
      <span className="ml-auto text-sm whitespace-nowrap text-muted" role="status">
        {t("common.of", { shown: format.number(shown), total: format.number(total) })}
      </span>
    </div>
  );
}

const plans = [17, 19] as const;

function FilterMenu({ view, set }: UsedView) {
  const t = useT();
  const { providerId } = usePortal();
  const tags = useTags(providerId).data ?? [];
  return (
    <Menu
      align="start"
      trigger={
        <Button size="sm" icon={<Funnel className="size-4" />}>
          {t("clients.filter.title")}
        </Button>
      }
    >
      <MenuNote>{t("provider.plan")}</MenuNote>
      {plans.map((plan) => (
        <MenuCheck
          key={plan}
          checked={view.plan === plan}
          onChange={(wanted) => set({ plan: wanted ? plan : null })}
        >
          {t(`provider.planName.${plan}`)}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuNote>{t("tags.title")}</MenuNote>
      {tags.length === 0 ? <MenuNote>{t("tags.none")}</MenuNote> : null}
      {tags.map(({ id, name }) => (
        <MenuCheck
          key={id}
          checked={view.tags.includes(id)}
          onChange={(wanted) =>
            set({ tags: wanted ? [...view.tags, id] : view.tags.filter((other) => other !== id) })
          }
        >
          {name}
        </MenuCheck>
      ))}
    </Menu>
  );
}

/** What the table is filtered by, each to be taken away. */
function Chips({ view, set }: UsedView) {
  const t = useT();
  const { providerId } = usePortal();
  const tags = (useTags(providerId).data ?? []).filter(({ id }) => view.tags.includes(id));
  const chips = [
    ...(view.need
      ? [{ id: "need", label: t(`overview.need.${view.need}`), drop: () => set({ need: null }) }]
      : []),
    ...(view.plan === 17 || view.plan === 19
      ? [{ id: "plan", label: t(`provider.planName.${view.plan}`), drop: () => set({ plan: null }) }]
      : []),
    ...tags.map(({ id, name }) => ({
      id: `tag-${id}`,
      label: name,
      drop: () => set({ tags: view.tags.filter((other) => other !== id) }),
    })),
  ];
  return chips.map(({ id, label, drop }) => (
    <button
      key={id}
      type="button"
      aria-label={t("clients.filter.drop", { filter: label })}
      onClick={drop}
      className="inline-flex h-7 max-w-48 items-center gap-1.5 rounded-full bg-accent-soft px-2.5 text-sm font-medium text-accent-text hover:bg-hover"
    >
      <span className="truncate">{label}</span>
      <X className="size-3.5 shrink-0" aria-hidden />
    </button>
  ));
}
