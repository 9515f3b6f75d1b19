import type { Policy, ProfileOrganization } from "@/api";

const recoveryPolicy = 8;

/** How one stands to the account recovery of an organization. */
export type Enrolment = {
  readonly enrolled: boolean;
  /** The organization recovers accounts, so one may enrol. */
  readonly offered: boolean;
  /** It enrols everybody, and lets nobody withdraw. */
  readonly everybody: boolean;
};

export function enrolmentOf(
  organization: Pick<ProfileOrganization, "id" | "resetPasswordEnrolled" | "useResetPassword">,
  policies: readonly Pick<Policy, "organizationId" | "type" | "enabled" | "data">[],
): Enrolment {
  const policy = policies.find(
    ({ organizationId, type }) => organizationId === organization.id && type === recoveryPolicy,
  );
  const on = policy?.enabled === true && organization.useResetPassword === true;
  const everybody = on && policy.data?.autoEnrollEnabled === true;
  return { enrolled: organization.resetPasswordEnrolled === true, offered: on, everybody };
}
