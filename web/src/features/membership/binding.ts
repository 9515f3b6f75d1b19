import type { Policy, ProfileOrganization } from "@/api";
import { asPolicyType, kindOf, type PolicyType } from "@/features/console/policies/catalogue";

type Membership = Pick<ProfileOrganization, "id" | "type" | "status" | "enabled">;

const owner = 0;
const admin = 1;

/** Policies of an organization that hold for a member of it, by their role; those without effect here are left out. */
export function bindingPolicies(
  { id, type: role, status, enabled }: Membership,
  policies: readonly Pick<Policy, "organizationId" | "type" | "enabled">[],
): PolicyType[] {
  const joined = status === 1 || status === 2;
  return policies.flatMap((policy) => {
    const type = asPolicyType(String(policy.type));
    if (!(enabled && joined && policy.enabled && policy.organizationId === id) || type === null) {
      return [];
    }
    const { exempt, idle } = kindOf(type);
    const free =
      exempt === "registration" ||
      (exempt === "owners" && role === owner) ||
      (exempt === "admins" && (role === owner || role === admin));
    return free || idle ? [] : [type];
  });
}
