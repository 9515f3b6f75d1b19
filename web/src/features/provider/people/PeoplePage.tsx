import { UserPlus, UsersRound } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { StaffMember } from "@/api/staff";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { useShortcuts } from "@/app/useShortcuts";
import { Filters, ListBar, SearchBox } from "@/features/console/frame/ListBar";
import { nameOf } from "@/features/console/people/people";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useSelection } from "@/ui/selection";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { useTeam } from "./data";
import { countsOf, inFilter, isFilter } from "./model";
import { PeopleBar } from "./PeopleBar";
import { PeopleTable } from "./PeopleTable";
import { type StaffDialog, StaffDialogs } from "./StaffDialogs";

const nobody: readonly StaffMember[] = [];
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
/** More than that at once helps nobody. */
const mostMarked = 500;

/** The people of the provider: who looks after which clients. */
export function PeoplePage() {
  const t = useT();
  const format = useFormat();
  const { name } = usePortal();
  const { search, go } = usePortalPlace();
  const team = useTeam();
  const self = useVault((state) => state.profile?.id ?? null);
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<StaffDialog | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const everybody = team.data ?? nobody;
  const filter = isFilter(search.status) ? search.status : "all";
  const found = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    return everybody
      .filter(
        (person) =>
          inFilter(person, filter) &&
          `${person.name ?? ""} ${person.email}`.toLocaleLowerCase().includes(wanted),
      )
      .sort((a, b) => collator.compare(nameOf(a), nameOf(b)));
  }, [everybody, filter, query]);
  const selection = useSelection(useMemo(() => found.slice(0, mostMarked).map(({ id }) => id), [found]));
  const waiting = everybody.filter(({ status }) => status === 1);
  const asked = search.act === "invite" && team.data ? ({ kind: "invite" } as const) : null;

  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => setDialog({ kind: "invite" }),
    escape: selection.clear,
  });

  function close() {
    setDialog(null);
    if (asked) {
      go("people", { ...search, act: undefined }, { replace: true });
    }
  }

  if (team.isError && !team.data) {
    return (
      <ErrorState
        title={t("staff.failed", { name })}
        action={<Button onClick={() => void team.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(team.error, t)}
      </ErrorState>
    );
  }
  return (
    <>
      <PortalHead
        title={t("portal.section.people")}
        note={t("staff.note")}
        actions={
          <Button
            look="primary"
            icon={<UserPlus className="size-4" />}
            onClick={() => setDialog({ kind: "invite" })}
          >
            {t("staff.invite")}
          </Button>
        }
      />
      {waiting.length > 0 ? (
        <div className="px-4 pt-3 sm:px-6">
          <Callout
            mood="warn"
            title={t("staff.waiting", { count: waiting.length })}
            action={
              <Button size="sm" onClick={() => setDialog({ kind: "act", act: "confirm", people: waiting })}>
                {t("staff.confirm")}
              </Button>
            }
          >
            {t("staff.waitingText")}
          </Callout>
        </div>
      ) : null}
      <div className="pt-2.5">
        <ListBar
          count={t("common.of", {
            shown: format.number(found.length),
            total: format.number(everybody.length),
          })}
        >
          <Filters
            label={t("staff.filter")}
            filters={countsOf(everybody).map((one) => ({
              id: one.filter,
              count: one.count,
              label: t(`staff.filters.${one.filter}`),
            }))}
            current={filter}
            onFilter={(status) =>
              go("people", { ...search, status: status === "all" ? undefined : status }, { replace: true })
            }
          />
          <SearchBox ref={searchBox} label={t("staff.search")} value={query} onChange={setQuery} />
        </ListBar>
      </div>
      {team.isPending ? (
        <SkeletonRows />
      ) : found.length === 0 ? (
        query ? (
          <p className="px-6 py-10 text-center text-muted">{t("staff.nothingFound", { query })}</p>
        ) : (
          <EmptyState icon={<UsersRound />} title={t(`staff.none.${filter}`)} />
        )
      ) : (
        <PeopleTable people={found} self={self} selection={selection} onOpen={setDialog} />
      )}
      {everybody.length === 1 && filter === "all" && !query ? (
        <p className="border-t border-line px-4 py-4 text-muted sm:px-6">{t("staff.alone")}</p>
      ) : null}
      {selection.size > 0 ? (
        <PeopleBar
          selection={selection}
          people={found}
          self={self}
          onAct={(act, people) => setDialog({ kind: "act", act, people })}
        />
      ) : null}
      <StaffDialogs
        dialog={dialog ?? asked}
        team={everybody}
        self={self}
        onOpen={setDialog}
        onClose={close}
      />
    </>
  );
}
