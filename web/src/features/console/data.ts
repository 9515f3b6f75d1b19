import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { CollectionAccess } from "@/api";
import { api, crypto } from "@/app/services";
import type { OrgId } from "@/crypto/model/ids";
import type { ClientState } from "@/sync";
import { type ConsoleScope, useConsole } from "./scope";

/** Keys of cached answers, in one place so that what writes can refresh what it changed. */
export const keys = {
  organization: (id: OrgId) => ["organization", id] as const,
  members: (id: OrgId) => ["organization", id, "members"] as const,
  groups: (id: OrgId) => ["organization", id, "groups"] as const,
  collections: (id: OrgId) => ["organization", id, "collections"] as const,
  policies: (id: OrgId) => ["organization", id, "policies"] as const,
};

/** Everybody, for those who may read the list; for others it stays empty. */
export function useMembers() {
  const { organizationId, rights } = useConsole();
  return useQuery({
    queryKey: keys.members(organizationId),
    queryFn: ({ signal }) => api.organizations.members(organizationId, { signal }),
    // Somebody may accept at this moment, and whoever invited them waits for it.
    staleTime: 0,
    refetchInterval: 15_000,
    enabled: rights.can("readMembers") || rights.can("recoverAccounts"),
  });
}

/** The names of everybody, which do not need the right to read the list. */
export function usePeople() {
  const { organizationId } = useConsole();
  return useQuery({
    queryKey: [...keys.members(organizationId), "names"],
    queryFn: ({ signal }) => api.organizations.people(organizationId, { signal }),
  });
}

/** The groups; none where the plan has none. */
export function useGroups() {
  const { organizationId, summary, rights } = useConsole();
  const detailed = rights.can("manageGroups") || rights.can("manageMembers");
  return useQuery({
    queryKey: keys.groups(organizationId),
    queryFn: ({ signal }) => api.groups.list(organizationId, { signal }),
    enabled: summary.useGroups === true && detailed,
  });
}

/** A collection with its name in the clear. */
export type NamedCollection = Omit<CollectionAccess, "name"> & {
  readonly name: string;
  readonly broken: boolean;
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

async function namedCollections(scope: ConsoleScope, signal: AbortSignal): Promise<NamedCollection[]> {
  const [records, key] = await Promise.all([
    api.organizations.collections(scope.organizationId, { signal }),
    scope.key(),
  ]);
  const opened = await crypto.openCollections(records, key);
  const names = new Map(opened.map((view) => [view.id, view]));
  return records
    .filter(({ type }) => type !== 1)
    .map((record) => {
      const view = names.get(record.id);
      return { ...record, name: view?.name ?? "", broken: view?.broken ?? true };
    })
    .sort((a, b) => collator.compare(a.name, b.name));
}

export function useCollections() {
  const scope = useConsole();
  return useQuery({
    queryKey: keys.collections(scope.organizationId),
    queryFn: ({ signal }) => namedCollections(scope, signal),
    enabled: scope.rights.can("seeCollections"),
  });
}

/** The organization's decrypted items and collections, as far as they are loaded. */
export function useStoreState(): ClientState {
  const { store } = useConsole();
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
