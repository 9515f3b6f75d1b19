import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Difference, OwnBaseline } from "@/api/baselines";
import { api } from "@/app/services";
import { keys } from "../data";
import { roles } from "../rights";
import { useConsole } from "../scope";
import { useManagedBy } from "../settings/useManagedBy";

/** Which of its provider's baselines governs the organization, for those who look after policies. */
export function useOwnBaseline() {
  const { organizationId, rights, summary } = useConsole();
  const managed = useManagedBy() !== null;
  return useQuery({
    queryKey: [...keys.policies(organizationId), "baseline"],
    queryFn: ({ signal }) => api.baselines.own(organizationId, { signal }),
    enabled: managed && rights.can("managePolicies") && summary.usePolicies === true,
    staleTime: 0,
  });
}

/** Keeps what the server answered to a decision. */
export function useDecided(): (answer: OwnBaseline) => void {
  const queries = useQueryClient();
  const { organizationId } = useConsole();
  return (answer) => queries.setQueryData([...keys.policies(organizationId), "baseline"], answer);
}

/** Only the organization's own owners decide to do otherwise; staff of the provider do not. */
export function useMayDeviate(baseline: OwnBaseline | undefined): boolean {
  const { rights } = useConsole();
  const { standing } = rights;
  return baseline?.mayDeviate === true && standing.by === "membership" && standing.role === roles.owner;
}

export function differenceAt(baseline: OwnBaseline | undefined, subject: string): Difference | undefined {
  return baseline?.differences.find((difference) => difference.subject === subject);
}
