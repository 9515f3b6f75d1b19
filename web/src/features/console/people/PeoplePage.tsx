import { UsersRound } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useSelection } from "@/ui/selection";
import { useMembers } from "../data";
import { PageHead } from "../frame/PageHead";
import { type PlaceSearch, usePlace } from "../place";
import type { Rights } from "../rights";
import { useConsole } from "../scope";
import { HeadActs } from "./HeadActs";
import { PeopleBar } from "./PeopleBar";
import { type PeopleDialog, PeopleDialogs } from "./PeopleDialogs";
import { PeopleFilters } from "./PeopleFilters";
import { PeopleTable } from "./PeopleTable";
import { inFilter, isFilter, matches, nameOf } from "./people";
import { Seats } from "./Seats";

const nobody: Member[] = [];
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const idOf = ({ id }: Member) => id;

/** Everybody in the organization, and everything that is done about them. */
export function PeoplePage() {
  const t = useT();
  const { name, rights } = useConsole();
  const { search, go } = usePlace();
  const members = useMembers();
  const self = useVault((state) => state.profile?.id ?? null);
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<PeopleDialog | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const everybody = members.data ?? nobody;
  const found = useFound(everybody, search, query);
  const selection = useSelection(useMemo(() => found.map(idOf), [found]));
  const mayInvite = rights.can("manageMembers");
  const asked = members.data ? dialogOf(search, everybody, rights) : null;

  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => mayInvite && setDialog({ kind: "invite" }),
    escape: selection.clear,
  });

  function close() {
    setDialog(null);
    if (asked) {
      go("people", { ...search, act: undefined, member: undefined }, { replace: true });
    }
  }

  if (members.isError && !members.data) {
    return (
      <ErrorState
        title={t("client.peopleFailed", { name })}
        action={<Button onClick={() => void members.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(members.error, t)}
      </ErrorState>
    );
  }
  return (
    <>
      <PageHead
        title={t("console.section.people")}
        note={members.data ? <Seats members={members.data} /> : "\u00A0"}
        actions={<HeadActs members={found} mayInvite={mayInvite} onOpen={setDialog} />}
      />
      <PeopleFilters
        members={everybody}
        found={found.length}
        query={query}
        onQuery={setQuery}
        searchBox={searchBox}
      />
      {members.isPending ? (
        <SkeletonRows />
      ) : everybody.length === 0 ? (
        <EmptyState icon={<UsersRound />} title={t("client.noPeople")}>
          {rights.can("readMembers")
            ? t("console.people.emptyText", { name })
            : t("console.people.nobodyEnrolled", { name })}
        </EmptyState>
      ) : found.length === 0 ? (
        <p className="px-6 py-10 text-center text-muted">
          {query ? t("vault.nothingFound", { query }) : t("console.people.nobodyHere")}
        </p>
      ) : (
        <PeopleTable members={found} self={self} selection={selection} onOpen={setDialog} />
      )}
      {selection.size > 0 ? (
        <PeopleBar
          selection={selection}
          members={found}
          self={self}
          onAct={(act, those) => setDialog({ kind: "act", act, members: those })}
        />
      ) : null}
      <PeopleDialogs
        dialog={dialog ?? asked}
        members={everybody}
        self={self}
        onOpen={setDialog}
        onClose={close}
      />
    </>
  );
}

/** Those whom the filters of the address and the search leave. */
function useFound(members: readonly Member[], search: PlaceSearch, query: string): Member[] {
  const filter = isFilter(search.status) ? search.status : "all";
  const enrolledOnly = search.enrolled === "yes";
  return useMemo(
    () =>
      members
        .filter(
          (member) =>
            inFilter(member, filter) &&
            matches(member, query) &&
            (!enrolledOnly || member.resetPasswordEnrolled),
        )
        .sort((a, b) => collator.compare(nameOf(a), nameOf(b))),
    [members, filter, query, enrolledOnly],
  );
}

/** What the address asks for: other pages and the palette lead to a person, or to a job. */
function dialogOf(search: PlaceSearch, members: readonly Member[], rights: Rights): PeopleDialog | null {
  if (!rights.can("readMembers")) {
    return null;
  }
  if (search.act === "invite") {
    return { kind: "invite" };
  }
  if (search.act === "offboard") {
    return { kind: "offboard", member: null };
  }
  const member = members.find(({ id }) => id === search.member);
  return member ? { kind: "edit", member, tab: "role" } : null;
}
