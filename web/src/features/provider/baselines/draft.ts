import type { Baseline, BaselineRequest, BaselineSetting, BaselineSettings } from "@/api/baselines";
import { kindOf, type PolicyType, policyGroups } from "@/features/console/policies/catalogue";
import { outOfRange, type PolicyData, startOf, tidied } from "@/features/console/policies/data";

/** What a baseline says about one thing; what it leaves open is each client's own business. */
export type Choice = "open" | "on" | "off";
type PolicyWish = { readonly choice: "on" | "off"; readonly data: PolicyData };

export type Draft = {
  readonly name: string;
  readonly description: string;
  readonly mayDeviate: boolean;
  readonly settings: BaselineSettings;
  readonly policies: Readonly<Partial<Record<PolicyType, PolicyWish>>>;
};

const every = Object.values(policyGroups).flat() as PolicyType[];

export const emptyDraft: Draft = {
  name: "",
  description: "",
  mayDeviate: true,
  settings: {},
  policies: {},
};

export function draftOf({ name, description, mayDeviate, settings, policies }: Baseline): Draft {
  const wishes = policies.map(({ type, enabled, data }) => [
    type,
    { choice: enabled ? "on" : "off", data: startOf(kindOf(type as PolicyType), data) },
  ]);
  return { name, description, mayDeviate, settings, policies: Object.fromEntries(wishes) };
}

export function requestOf(draft: Draft, known?: string): BaselineRequest {
  const policies = wishesOf(draft).map(([type, { choice, data }]) => ({
    type,
    enabled: choice === "on",
    data: choice === "on" ? tidied(kindOf(type), data) : null,
  }));
  const { name, description, mayDeviate, settings } = draft;
  return {
    name: name.trim(),
    description: description.trim(),
    mayDeviate,
    settings,
    policies,
    lastKnownRevisionDate: known,
  };
}

function wishesOf({ policies }: Draft): [PolicyType, PolicyWish][] {
  return every.flatMap((type) => {
    const wish = policies[type];
    return wish ? [[type, wish] as [PolicyType, PolicyWish]] : [];
  });
}

export const policyChoice = (draft: Draft, type: PolicyType): Choice =>
  draft.policies[type]?.choice ?? "open";

/** The options stay while somebody makes up their mind; only leaving it open forgets them. */
export function withPolicy(draft: Draft, type: PolicyType, choice: Choice): Draft {
  const { [type]: before, ...others } = draft.policies;
  const policies =
    choice === "open"
      ? others
      : { ...others, [type]: { choice, data: before?.data ?? startOf(kindOf(type), null) } };
  return { ...draft, policies };
}

export function withData(draft: Draft, type: PolicyType, data: PolicyData): Draft {
  return { ...draft, policies: { ...draft.policies, [type]: { choice: "on", data } } };
}

export function settingChoice({ settings }: Draft, name: BaselineSetting): Choice {
  const wanted = settings[name];
  return wanted === undefined ? "open" : wanted ? "on" : "off";
}

export function withSetting(draft: Draft, name: BaselineSetting, choice: Choice): Draft {
  const { [name]: _, ...others } = draft.settings;
  return { ...draft, settings: choice === "open" ? others : { ...others, [name]: choice === "on" } };
}

/** Policies that the baseline turns on without the ones that these need. */
export function missingNeeds(draft: Draft, type: PolicyType): readonly PolicyType[] {
  return policyChoice(draft, type) === "on"
    ? kindOf(type).needs.filter((need) => policyChoice(draft, need) !== "on")
    : [];
}

/** Policies whose numbers are out of bounds, with the names of the fields. */
export function wrongFields(draft: Draft, type: PolicyType): readonly string[] {
  const wish = draft.policies[type];
  return wish?.choice === "on" ? outOfRange(kindOf(type), wish.data) : [];
}

export const hasWrong = (draft: Draft) => every.some((type) => wrongFields(draft, type).length > 0);

/** How many things are decided. */
export function sizeOf(baseline: Pick<Baseline, "policies" | "settings">): number {
  return baseline.policies.length + Object.keys(baseline.settings).length;
}

/** The list with one moved up or down by one place; null where there is no place. */
export function moved<Id>(ids: readonly Id[], id: Id, by: -1 | 1): Id[] | null {
  const at = ids.indexOf(id);
  const to = at + by;
  const other = ids[to];
  if (at < 0 || other === undefined) {
    return null;
  }
  return ids.map((each, index) => (index === at ? other : index === to ? id : each));
}
