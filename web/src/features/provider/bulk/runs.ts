import { useSyncExternalStore } from "react";
import { session } from "@/app/services";
import type { ProviderId } from "@/crypto/model/ids";
import { createRun, type Run } from "@/features/console/bulk/run";
import type { Checked } from "./checked";

const runs = new Map<ProviderId, Run<Checked>>();

/** The invitations of a provider that are under way or done: they go on while other pages are shown. */
export function invitationsOfProvider(provider: ProviderId): Run<Checked> {
  const known = runs.get(provider) ?? createRun<Checked>();
  runs.set(provider, known);
  return known;
}

// Who comes next at this screen sees nothing of it.
session.subscribe(() => {
  if (session.getSnapshot().status === "loggedOut") {
    for (const run of runs.values()) run.clear();
    runs.clear();
  }
});

// Closing the window is the one way of leaving that ends them.
window.addEventListener("beforeunload", (event) => {
  if ([...runs.values()].some((run) => run.getSnapshot().phase === "running")) {
    event.preventDefault();
  }
});

export function useInvitationRun(provider: ProviderId) {
  const run = invitationsOfProvider(provider);
  return { run, ...useSyncExternalStore(run.subscribe, run.getSnapshot) };
}
