import type { GroupDetails, Member, MemberStatus, MemberType } from "@/api";
import type { CollectionId, GroupId, UserId } from "@/crypto/model/ids";
import type { Rights } from "../rights";

export const filters = ["all", "invited", "waiting", "revoked", "staged"] as const;
export type Filter = (typeof filters)[number];

const statusOf: Record<Exclude<Filter, "all">, MemberStatus> = {
  invited: 0,
  waiting: 1,
  revoked: -1,
  staged: 3,
};

export function isFilter(text: string | undefined): text is Filter {
  return filters.some((filter) => filter === text);
}

export function inFilter(member: Member, filter: Filter): boolean {
  return filter === "all" || member.status === statusOf[filter];
}

/** "staged" is a filter only where there is somebody in it. */
export function countsOf(members: readonly Member[]): { filter: Filter; count: number }[] {
  return filters
    .map((filter) => ({ filter, count: members.filter((member) => inFilter(member, filter)).length }))
    .filter(({ filter, count }) => filter !== "staged" || count > 0);
}

export const nameOf = (member: Pick<Member, "name" | "email">): string => member.name || member.email;

export function matches(member: Member, query: string): boolean {
  const wanted = query.trim().toLocaleLowerCase();
  return `${member.name ?? ""} ${member.email}`.toLocaleLowerCase().includes(wanted);
}

/** Who waits for somebody comes first. */
export const urgency: Record<MemberStatus, number> = { 1: 0, 0: 1, 3: 2, 2: 3, [-1]: 4 };
/** Who may most comes first. */
export const rank: Record<MemberType, number> = { 0: 0, 1: 1, 4: 2, 2: 3 };

export const memberActs = ["resend", "confirm", "restore", "revoke", "remove"] as const;
export type MemberAct = (typeof memberActs)[number];

/** Whether the act means something for the member, and may be done by whoever has these rights. */
export function mayDo(act: MemberAct, member: Member, rights: Rights, self: UserId | null): boolean {
  if (!rights.mayHandle(member.type)) {
    return false;
  }
  const another = member.userId === null || member.userId !== self;
  switch (act) {
    case "resend":
      return member.status === 0;
    case "confirm":
      return member.status === 1;
    case "restore":
      return member.status === -1 && another;
    case "revoke":
      return member.status !== -1 && another;
    case "remove":
      return another;
  }
}

/** All collections that somebody of them reaches, by themselves or by a group. */
export function reachedCollections(
  members: readonly Member[],
  groups: readonly GroupDetails[],
): Set<CollectionId> {
  const byGroup = new Map<GroupId, GroupDetails>(groups.map((group) => [group.id, group]));
  const reached = new Set<CollectionId>();
  for (const member of members) {
    const shares = [
      ...(member.collections ?? []),
      ...(member.groups ?? []).flatMap((id) => byGroup.get(id)?.collections ?? []),
    ];
    for (const { id } of shares) {
      reached.add(id);
    }
  }
  return reached;
}
