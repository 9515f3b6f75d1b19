import type { Policy, ProfileOrganization } from "@/api";
import type { SendProtection, SendTypeName } from "@/crypto/model/sends";

/** A limit, and the organization that sets it. */
type Rule<Value> = { readonly value: Value; readonly by: string };

/** What one's organizations allow about Sends, the strictest of each. */
export type SendRules = {
  readonly off: Rule<true> | null;
  readonly showEmail: Rule<true> | null;
  readonly protection: Rule<"password" | "emails"> | null;
  readonly domains: Rule<readonly string[]> | null;
  readonly hours: Rule<number> | null;
  readonly types: Rule<readonly SendTypeName[]> | null;
};

export const noRules: SendRules = {
  off: null,
  showEmail: null,
  protection: null,
  domains: null,
  hours: null,
  types: null,
};

/** The older two say the same as a part of the third. */
const noSends = 6;
const sendOptions = 7;
const sendControls = 21;
const typeNames: readonly SendTypeName[] = ["text", "file"];

type Membership = Pick<ProfileOrganization, "id" | "name" | "type" | "status" | "enabled">;
type Data = Readonly<Record<string, unknown>>;

/** Owners and admins are free of these policies, and so is whom an organization has not let in yet. */
const isBound = ({ type, status, enabled }: Membership) =>
  enabled && (status === 1 || status === 2) && type !== 0 && type !== 1;

export function sendRules(organizations: readonly Membership[], policies: readonly Policy[]): SendRules {
  return policies.reduce((rules, policy) => {
    const organization = organizations.find(({ id }) => id === policy.organizationId);
    return policy.enabled && organization && isBound(organization)
      ? withPolicy(rules, policy, organization.name)
      : rules;
  }, noRules);
}

function withPolicy(rules: SendRules, { type, data }: Policy, by: string): SendRules {
  switch (type) {
    case noSends:
      return { ...rules, off: rules.off ?? { value: true, by } };
    case sendOptions:
      return { ...rules, showEmail: rules.showEmail ?? flag(data, "disableHideEmail", by) };
    case sendControls:
      return withControls(rules, data ?? {}, by);
    default:
      return rules;
  }
}

const flag = (data: Data | null, name: string, by: string): Rule<true> | null =>
  data?.[name] === true ? { value: true, by } : null;

function withControls(rules: SendRules, data: Data, by: string): SendRules {
  const asked = ([null, "password", "emails"] as const)[Number(data.whoCanAccess ?? 0)] ?? null;
  const stricter = asked === "emails" || rules.protection === null;
  const hours = Number(data.deletionHours ?? 0);
  const shorter = hours > 0 && (rules.hours === null || hours < rules.hours.value);
  return {
    off: rules.off ?? flag(data, "disableSend", by),
    showEmail: rules.showEmail ?? flag(data, "disableHideEmail", by),
    protection:
      asked && stricter && rules.protection?.value !== "emails" ? { value: asked, by } : rules.protection,
    domains: both(rules.domains, domainsOf(data), by),
    hours: shorter ? { value: hours, by } : rules.hours,
    types: both(rules.types, typesOf(data), by),
  };
}

function domainsOf({ allowedDomains }: Data): readonly string[] | null {
  const list = String(allowedDomains ?? "")
    .split(",")
    .map((domain) => domain.trim().toLowerCase())
    .filter(Boolean);
  return list.length > 0 ? list : null;
}

function typesOf({ allowedSendTypes }: Data): readonly SendTypeName[] | null {
  // A list without entries is how a policy is stored that says nothing of types.
  if (!Array.isArray(allowedSendTypes) || allowedSendTypes.length === 0) return null;
  return typeNames.filter((_, at) => allowedSendTypes.includes(at));
}

/** What two lists allow together; the sentence names whoever narrowed it last. */
function both<Value>(
  before: Rule<readonly Value[]> | null,
  list: readonly Value[] | null,
  by: string,
): Rule<readonly Value[]> | null {
  if (list === null) {
    return before;
  }
  return { value: before ? before.value.filter((each) => list.includes(each)) : list, by };
}

export const mayUse = (rules: SendRules, kind: SendProtection["kind"]): boolean =>
  rules.protection === null || kind === "emails" || kind === rules.protection.value;

export const mayBe = (rules: SendRules, type: SendTypeName): boolean =>
  rules.types === null || rules.types.value.includes(type);

/** Addresses to which a policy lets nothing go. */
export const foreignTo = (rules: SendRules, emails: readonly string[]): readonly string[] =>
  rules.domains === null
    ? []
    : emails.filter((email) => !rules.domains?.value.includes(email.split("@").at(-1) ?? ""));
