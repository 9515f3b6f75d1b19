import type { OverviewClient } from "@/api/overview";

/** An invented client for tests, healthy unless told otherwise. */
export function overviewClient(parts: Partial<OverviewClient> = {}): OverviewClient {
  return {
    id: "client",
    organizationId: "organization",
    name: "Example Bakery",
    enabled: true,
    status: 1,
    plan: "Teams (Monthly)",
    planType: 17,
    seats: 10,
    occupied: 4,
    tags: [],
    members: { invited: 0, accepted: 0, confirmed: 4, revoked: 0, staged: 0 },
    twoStep: 4,
    baseline: null,
    drift: null,
    deviations: 0,
    lastActivity: null,
    lastAccess: null,
    lastAccessBy: null,
    alerts: [],
    ...parts,
  };
}
