import { X } from "lucide-react";
import type { Ref } from "react";
import type { Member } from "@/api";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Filters, ListBar, SearchBox } from "../frame/ListBar";
import { usePlace } from "../place";
import { countsOf, isFilter } from "./people";

type PeopleFiltersProps = {
  members: readonly Member[];
  found: number;
  query: string;
  onQuery: (query: string) => void;
  searchBox: Ref<HTMLInputElement>;
};

/** Toggles by status with their counts, and the search. Filters are in the address, what is typed is not. */
export function PeopleFilters({ members, found, query, onQuery, searchBox }: PeopleFiltersProps) {
  const t = useT();
  const format = useFormat();
  const { search, go } = usePlace();
  const current = isFilter(search.status) ? search.status : "all";
  const set = (part: Record<string, string | undefined>) =>
    go("people", { ...search, ...part }, { replace: true });
  return (
    <ListBar count={t("common.of", { shown: format.number(found), total: format.number(members.length) })}>
      <Filters
        label={t("console.people.filter")}
        filters={countsOf(members).map(({ filter, count }) => ({
          id: filter,
          count,
          label: t(`console.people.filters.${filter}`),
        }))}
        current={current}
        onFilter={(status) => set({ status: status === "all" ? undefined : status })}
      />
      <SearchBox ref={searchBox} label={t("client.searchPeople")} value={query} onChange={onQuery} />
      {search.enrolled === "yes" ? (
        <Button size="sm" icon={<X className="size-3.5" />} onClick={() => set({ enrolled: undefined })}>
          {t("console.people.recovery")}
        </Button>
      ) : null}
    </ListBar>
  );
}
