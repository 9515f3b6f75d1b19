import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Organization } from "@/api";
import { api, vault } from "@/app/services";
import { keys } from "../data";
import { useConsole } from "../scope";

/** The organization as its owners see it. */
export function useOrganization() {
  const { organizationId, rights } = useConsole();
  return useQuery({
    queryKey: keys.organization(organizationId),
    queryFn: ({ signal }) => api.organizations.get(organizationId, { signal }),
    enabled: rights.can("manageOrganization"),
    staleTime: 0,
  });
}

/** Keeps an answer of the server, and brings what the rest of the app knows about the organization up to date. */
export function useKeepOrganization() {
  const queries = useQueryClient();
  const { organizationId } = useConsole();
  return async (answer: Organization) => {
    queries.setQueryData(keys.organization(organizationId), answer);
    await vault.sync();
  };
}
