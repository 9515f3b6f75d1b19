import { useMemo } from "react";
import type { ProfileOrganization } from "@/api";
import { useVault } from "@/app/hooks";
import type { PolicyType } from "@/features/console/policies/catalogue";
import { bindingPolicies } from "./binding";

export type Binding = {
  readonly organization: ProfileOrganization;
  readonly policies: readonly PolicyType[];
};

/** The organizations that bind one by policies, with these. */
export function useBinding(): readonly Binding[] {
  const organizations = useVault((state) => state.organizations);
  const policies = useVault((state) => state.policies);
  return useMemo(
    () =>
      organizations
        .map((organization) => ({ organization, policies: bindingPolicies(organization, policies) }))
        .filter((binding) => binding.policies.length > 0),
    [organizations, policies],
  );
}
