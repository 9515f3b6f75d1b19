import type { Alert, OverviewClient } from "@/api/overview";
import { alerts } from "../clients/row";

export type Health = {
  readonly mood: "good" | "warn" | "bad";
  /** What somebody should look at, the next act first. */
  readonly reasons: readonly Alert[];
};

const grave: ReadonlySet<Alert> = new Set(["suspended", "noOwner"]);

export function healthOf(client: Pick<OverviewClient, "alerts">): Health {
  const reasons = alerts.filter((alert) => client.alerts.includes(alert));
  const mood = reasons.some((alert) => grave.has(alert)) ? "bad" : reasons.length > 0 ? "warn" : "good";
  return { mood, reasons };
}

/** Sorts the sickest first when descending. */
export function weightOf({ mood, reasons }: Health): number {
  return (mood === "bad" ? 100 : 0) + reasons.length;
}

/** The part of the confirmed members with two-step login, in hundredths; null where nobody is confirmed. */
export function twoStepShare({
  members,
  twoStep,
}: Pick<OverviewClient, "members" | "twoStep">): number | null {
  return members.confirmed > 0 ? Math.round((100 * twoStep) / members.confirmed) : null;
}

/** Everybody who belongs to the client or will: revoked and staged people do not. */
export function peopleOf({ members }: Pick<OverviewClient, "members">): number {
  return members.invited + members.accepted + members.confirmed;
}

export type Needs = Readonly<Record<Alert, { readonly clients: number }>> & {
  /** People who wait at any client. */
  readonly waiting: number;
};

/** What the strip counts: the clients that a click on it will leave in the table. */
export function needsOf(clients: readonly OverviewClient[]): Needs {
  const count = (alert: Alert) => ({
    clients: clients.filter((client) => client.alerts.includes(alert)).length,
  });
  return {
    confirmations: count("confirmations"),
    outOfSeats: count("outOfSeats"),
    drift: count("drift"),
    suspended: count("suspended"),
    noOwner: count("noOwner"),
    waiting: clients.reduce((sum, { members }) => sum + members.accepted, 0),
  };
}
