import { useQuery } from "@tanstack/react-query";
import type { Policy } from "@/api";
import { api } from "@/app/services";
import { keys } from "../data";
import { useConsole } from "../scope";

export function usePolicies() {
  const { organizationId, rights, summary } = useConsole();
  return useQuery({
    queryKey: keys.policies(organizationId),
    queryFn: ({ signal }) => api.policies.list(organizationId, { signal }),
    enabled: rights.can("managePolicies") && summary.usePolicies === true,
    staleTime: 0,
  });
}

/** A policy that was never saved is one that is off. */
export function policyOf(
  policies: readonly Policy[],
  type: number,
): Pick<Policy, "enabled" | "data"> & Partial<Policy> {
  return policies.find((policy) => policy.type === type) ?? { enabled: false, data: null };
}
