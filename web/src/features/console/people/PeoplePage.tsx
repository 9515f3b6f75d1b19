import { Download, Ellipsis, UserMinus, UserPlus, UsersRound, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useSelection } from "@/ui/selection";
import { Table } from "@/ui/Table";
import { useGroups, useMembers } from "../data";
import { Filters, ListBar, SearchBox } from "../frame/ListBar";
import { PageHead } from "../frame/PageHead";
import { occupiedSeats, seatsLeft } from "../overview/standing";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { usePeopleColumns } from "./columns";
import { useMemberExport } from "./exportMembers";
import { PeopleBar } from "./PeopleBar";
import { type PeopleDialog, PeopleDialogs } from "./PeopleDialogs";
import { countsOf, inFilter, isFilter, type MemberAct, matches, nameOf } from "./people";

const nobody: Member[] = [];

/** Everybody in the organization, and everything that is done about them. */
export function PeoplePage() {
  const t = useT();
  const format = useFormat();
  const { name, rights } = useConsole();
  const { search, go } = usePlace();
  const members = useMembers();
  const groups = useGroups();
  const self = useVault((state) => state.profile?.id ?? null);
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<PeopleDialog | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const everybody = members.data ?? nobody;
  const filter = isFilter(search.status) ? search.status : "all";
  const enrolledOnly = search.enrolled === "yes";
  const found = useMemo(
    () =>
      everybody.filter(
        (member) =>
          inFilter(member, filter) &&
          matches(member, query) &&
          (!enrolledOnly || member.resetPasswordEnrolled),
      ),
    [everybody, filter, query, enrolledOnly],
  );
  const selection = useSelection(useMemo(() => found.map(({ id }) => id), [found]));
  const acts = useMemo(
    () => ({
      self,
      onEdit: (member: Member, tab: "role" | "groups" | "collections") =>
        setDialog({ kind: "edit", member, tab }),
      onAct: (act: MemberAct, member: Member) => setDialog({ kind: "act", act, members: [member] }),
      onLink: (member: Member) => setDialog({ kind: "link", member }),
      onOffboard: (member: Member) => setDialog({ kind: "offboard", member }),
      onRecover: (member: Member) => setDialog({ kind: "recover", member }),
    }),
    [self],
  );
  const columns = usePeopleColumns(groups.data ?? noGroups, acts);
  const mayInvite = rights.can("manageMembers");
  const asked: PeopleDialog | null =
    mayInvite && search.act === "invite"
      ? { kind: "invite" }
      : mayInvite && search.act === "offboard"
        ? { kind: "offboard", member: null }
        : null;

  useShortcuts({
    search: () => searchBox.current?.focus(),
    create: () => mayInvite && setDialog({ kind: "invite" }),
    escape: selection.clear,
  });

  function close() {
    setDialog(null);
    if (asked) {
      go("people", { ...search, act: undefined }, { replace: true });
    }
  }

  if (members.isError) {
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
        note={members.data ? <Seats members={members.data} /> : " "}
        actions={<HeadActs members={found} mayInvite={mayInvite} onOpen={(kind) => setDialog(kind)} />}
      />
      <ListBar
        count={t("common.of", { shown: format.number(found.length), total: format.number(everybody.length) })}
      >
        <Filters
          label={t("console.people.filter")}
          filters={countsOf(everybody).map(({ filter: id, count }) => ({
            id,
            count,
            label: t(`console.people.filters.${id}`),
          }))}
          current={filter}
          onFilter={(status) =>
            go("people", { ...search, status: status === "all" ? undefined : status }, { replace: true })
          }
        />
        <SearchBox ref={searchBox} label={t("client.searchPeople")} value={query} onChange={setQuery} />
        {enrolledOnly ? (
          <Button
            size="sm"
            icon={<X className="size-3.5" />}
            onClick={() => go("people", { ...search, enrolled: undefined }, { replace: true })}
          >
            {t("console.people.recovery")}
          </Button>
        ) : null}
      </ListBar>
      {members.isPending ? (
        <SkeletonRows />
      ) : everybody.length === 0 ? (
        <EmptyState icon={<UsersRound />} title={t("client.noPeople")}>
          {t("console.people.emptyText", { name })}
        </EmptyState>
      ) : found.length === 0 ? (
        <p className="px-6 py-10 text-center text-muted">
          {query ? t("vault.nothingFound", { query }) : t("console.people.nobodyHere")}
        </p>
      ) : (
        <Table
          label={t("console.section.people")}
          columns={columns}
          rows={found}
          rowKey={rowKey}
          initialSort={{ id: "status" }}
          onOpen={(member) => setDialog({ kind: "edit", member, tab: "role" })}
          selection={{
            marked: selection,
            allLabel: t("vault.selectAll"),
            rowLabel: (member) => t("vault.select", { name: nameOf(member) }),
          }}
          lead={(member) => (
            <Avatar
              round
              seed={member.userId ?? member.email}
              name={nameOf(member)}
              color={member.avatarColor}
            />
          )}
        />
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
        dialog={dialog ?? (members.data ? asked : null)}
        members={everybody}
        self={self}
        onOpen={setDialog}
        onClose={close}
      />
    </>
  );
}

const noGroups: never[] = [];
const rowKey = (member: Member) => member.id;

function Seats({ members }: { members: readonly Member[] }) {
  const t = useT();
  const { summary } = useConsole();
  const left = seatsLeft(summary.seats, members);
  if (left === null || typeof summary.seats !== "number") {
    return t("client.peopleCount", { count: members.length });
  }
  const used = t("console.overview.seatsUsed", { used: occupiedSeats(members), seats: summary.seats });
  return `${used} · ${t("console.overview.seatsLeft", { count: left })}`;
}

type HeadActsProps = {
  members: readonly Member[];
  mayInvite: boolean;
  onOpen: (dialog: PeopleDialog) => void;
};

function HeadActs({ members, mayInvite, onOpen }: HeadActsProps) {
  const t = useT();
  const save = useMemberExport();
  return (
    <>
      <Menu trigger={<IconButton label={t("common.more")} icon={<Ellipsis className="size-4" />} />}>
        {mayInvite ? (
          <MenuItem icon={<UserMinus />} onClick={() => onOpen({ kind: "offboard", member: null })}>
            {t("console.job.offboard")}
          </MenuItem>
        ) : null}
        <MenuItem icon={<Download />} disabled={members.length === 0} onClick={() => save(members)}>
          {t("console.people.export")}
        </MenuItem>
      </Menu>
      {mayInvite ? (
        <Button
          look="primary"
          icon={<UserPlus className="size-4" />}
          onClick={() => onOpen({ kind: "invite" })}
        >
          {t("console.people.invite")}
        </Button>
      ) : null}
    </>
  );
}
