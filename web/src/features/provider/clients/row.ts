import type { PortalClient } from "@/api/clients";
import type { Alert, OverviewClient } from "@/api/overview";
import type { ClientId, OrgId, TagId } from "@/crypto/model/ids";

/** A client, as the dialogs about it need it, whichever list it was chosen from. */
export type ClientRow = {
  readonly id: ClientId;
  readonly organizationId: OrgId;
  readonly name: string;
  /** 0 without a limit. */
  readonly seats: number;
  readonly occupied: number;
  readonly plan: string;
  readonly planType: number;
  readonly enabled: boolean;
  readonly tags: readonly TagId[];
};

/** Teams or Enterprise, whatever the cadence is called. */
export function planName(plan: string | null): string {
  return (plan ?? "–")
    .replace(/\s*\((?:monthly|annually)\)\s*$/i, "")
    .replace(/\s+(?:monthly|annually)$/i, "");
}

export function rowOf(client: PortalClient): ClientRow {
  return {
    id: client.id,
    organizationId: client.organizationId,
    name: client.organizationName,
    seats: client.seats ?? 0,
    occupied: client.occupiedSeats,
    plan: planName(client.plan),
    planType: client.planType,
    enabled: client.enabled,
    tags: client.tags ?? [],
  };
}

export function rowOfOverview(client: OverviewClient): ClientRow {
  return {
    id: client.id,
    organizationId: client.organizationId,
    name: client.name,
    seats: client.seats ?? 0,
    occupied: client.occupied,
    plan: planName(client.plan),
    planType: client.planType,
    enabled: client.enabled,
    tags: client.tags,
  };
}

export const remaining = ({ seats, occupied }: Pick<ClientRow, "seats" | "occupied">) =>
  Math.max(0, seats - occupied);

/** The alerts that this app knows, what can be done at once before what takes somebody else. */
export const alerts: readonly Alert[] = ["suspended", "confirmations", "noOwner", "outOfSeats", "drift"];
export const isAlert = (text: unknown): text is Alert => alerts.includes(text as Alert);
