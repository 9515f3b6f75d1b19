import type { Member } from "@/api";

/** An invitation can be accepted for five days. */
const invitationDays = 5;

/** Of an organization: how its people stand, and what waits for somebody. */
export type Overview = {
  readonly waiting: number;
  readonly invited: number;
  readonly expired: number;
  readonly members: number;
  readonly occupied: number;
  readonly withoutTwoStep: number;
  readonly owners: number;
};

const count = (members: readonly Member[], which: (member: Member) => boolean) =>
  members.filter(which).length;

/** Seats are taken by everybody who is invited, has accepted or is confirmed. */
export function occupiedSeats(members: readonly Member[]): number {
  return count(members, ({ status }) => status >= 0 && status <= 2);
}

/** How many more can be invited; null without a limit. */
export function seatsLeft(seats: number | null | undefined, members: readonly Member[]): number | null {
  return seats === null || seats === undefined ? null : Math.max(0, seats - occupiedSeats(members));
}

export function isExpired(member: Member, now: number): boolean {
  const since = member.revisionDate ?? member.creationDate;
  return (
    member.status === 0 && since !== null && now - new Date(since).getTime() > invitationDays * 86_400_000
  );
}

export function overviewOf(members: readonly Member[], now: number): Overview {
  return {
    waiting: count(members, ({ status }) => status === 1),
    invited: count(members, ({ status }) => status === 0),
    expired: count(members, (member) => isExpired(member, now)),
    members: count(members, ({ status }) => status === 2),
    occupied: occupiedSeats(members),
    withoutTwoStep: count(members, ({ status, twoFactorEnabled }) => status === 2 && !twoFactorEnabled),
    owners: count(members, ({ status, type }) => status === 2 && type === 0),
  };
}
