import type { StaffMember, StaffReach } from "@/api/staff";
import type { ClientId, TagId, UserId } from "@/crypto/model/ids";

export const filters = ["all", "invited", "waiting"] as const;
export type Filter = (typeof filters)[number];

export const isFilter = (text: string | undefined): text is Filter => filters.some((one) => one === text);

export function inFilter({ status }: Pick<StaffMember, "status">, filter: Filter): boolean {
  return filter === "all" || status === (filter === "invited" ? 0 : 1);
}

export function countsOf(team: readonly StaffMember[]): { filter: Filter; count: number }[] {
  return filters.map((filter) => ({
    filter,
    count: team.filter((person) => inFilter(person, filter)).length,
  }));
}

export const staffActs = ["resend", "confirm", "remove"] as const;
export type StaffAct = (typeof staffActs)[number];

/** Whether the act means something for the person. */
export function mayDo(act: StaffAct | "offboard", person: StaffMember, self: UserId | null): boolean {
  const another = person.userId === null || person.userId !== self;
  switch (act) {
    case "resend":
      return person.status === 0;
    case "confirm":
      return person.status === 1;
    case "remove":
      return another;
    case "offboard":
      return another && person.userId !== null;
  }
}

/** Who waits for somebody comes first. */
export const urgency = { 1: 0, 0: 1, 2: 2 } as const;

/** The moment at which a day is over here: "until 31 December" includes that day. */
export function endOfDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + 1).toISOString();
}

/** The last day before the moment, as a date field writes it. */
export function lastDay(until: string): string {
  const last = new Date(new Date(until).getTime() - 1);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${last.getFullYear()}-${two(last.getMonth() + 1)}-${two(last.getDate())}`;
}

/** The same day for whoever writes dates out. */
export const lastMoment = (until: string): string => new Date(new Date(until).getTime() - 1).toISOString();

export const isOver = (until: string | null, now: Date): boolean =>
  until !== null && new Date(until).getTime() <= now.getTime();

export const everything: StaffReach = { assigned: false, until: null, clients: [], tags: [] };

/** What is over reaches nothing, and a server refuses to be given it again. */
export function withoutEnded(reach: StaffReach, now: Date): StaffReach {
  return {
    assigned: reach.assigned,
    until: reach.until,
    clients: reach.clients.filter(({ until }) => !isOver(until, now)),
    tags: reach.tags.filter(({ until }) => !isOver(until, now)),
  };
}

export type Tagged = { readonly id: TagId; readonly name: string; readonly clientIds: readonly ClientId[] };

/** Which clients somebody reaches at the moment, and by what. */
export type Reaching = {
  readonly all: boolean;
  /** It is over for good: no client any more. */
  readonly ended: boolean;
  readonly count: number;
  readonly byName: number;
  /** Those that come by tags alone. */
  readonly byTag: number;
  readonly tags: readonly string[];
  /** The next moment at which something of it ends. */
  readonly ends: string | null;
};

export function reachingOf(
  reach: StaffReach,
  clients: readonly { readonly id: ClientId }[],
  tags: readonly Tagged[],
  now: Date,
): Reaching {
  const ended = isOver(reach.until, now);
  const open = withoutEnded(reach, now);
  const known = new Set(clients.map(({ id }) => id));
  const named = new Set(open.clients.map(({ id }) => id).filter((id) => known.has(id)));
  const theirs = tags.filter((tag) => open.tags.some(({ id }) => id === tag.id));
  const tagged = new Set(
    theirs.flatMap(({ clientIds }) => clientIds).filter((id) => known.has(id) && !named.has(id)),
  );
  const dates = [
    reach.until,
    ...(reach.assigned ? [...open.clients, ...open.tags].map((one) => one.until) : []),
  ]
    .filter((until) => until !== null && !isOver(until, now))
    .sort();
  return {
    all: !reach.assigned,
    ended,
    count: ended ? 0 : reach.assigned ? named.size + tagged.size : known.size,
    byName: named.size,
    byTag: tagged.size,
    tags: theirs.map(({ name }) => name),
    ends: ended ? null : (dates[0] ?? null),
  };
}
