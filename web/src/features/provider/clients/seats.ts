/** The seats of one of the provider's plans: what was contracted, what clients have, and what is beyond. */
export type PlanSeats = {
  readonly type: number;
  readonly seatMinimum: number;
  readonly assigned: number;
  /** Seats above the minimum. */
  readonly purchased: number;
};

export type SeatChange = {
  /** Contracted seats that no client has afterwards. */
  readonly unassigned: number;
  /** Seats beyond the contracted ones that this change adds. */
  readonly additional: number;
  /** Such seats that it gives back. */
  readonly released: number;
};

/** What it means for the plan that a client goes from some seats to others; a new client comes from none. */
export function seatChange(plan: PlanSeats, before: number, after: number): SeatChange {
  const change = after - before;
  const open = plan.seatMinimum - plan.assigned;
  return {
    unassigned: Math.max(0, open - change),
    additional: Math.max(0, plan.purchased > 0 ? change : change - open),
    released: change < 0 ? Math.min(plan.purchased, -change) : 0,
  };
}

export type SeatRefusal = "noNumber" | "belowUsed" | "mayNotAdd";

type SeatWish = {
  readonly before: number;
  readonly after: number;
  readonly occupied: number;
  /** Administrators of the provider may go beyond the contracted seats, service users may not. */
  readonly admin: boolean;
  /** Unknown while it is being loaded: the server has the last word. */
  readonly plan: PlanSeats | undefined;
};

/** Why seats cannot be assigned so; null when they can. */
export function refusalOf({ before, after, occupied, admin, plan }: SeatWish): SeatRefusal | null {
  if (!Number.isInteger(after) || after < 1) {
    return "noNumber";
  }
  if (after < occupied) {
    return "belowUsed";
  }
  return !admin && plan && seatChange(plan, before, after).additional > 0 ? "mayNotAdd" : null;
}

/** The most that a service user may assign. */
export function mostWithoutAdding(plan: PlanSeats, before: number): number {
  return before + (plan.purchased > 0 ? 0 : Math.max(0, plan.seatMinimum - plan.assigned));
}

/** Whole seats out of a field; NaN where there is no number. */
export function seatsOf(text: string): number {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN;
}
