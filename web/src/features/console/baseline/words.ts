import { type BaselineSetting, baselineSettings, type Difference, type DriftState } from "@/api/baselines";
import type { T } from "@/i18n";
import { asPolicyType, kindOf, type PolicyField, type PolicyType } from "../policies/catalogue";

/** What a baseline decides: a policy or a setting of the organization. */
export type Subject =
  | { readonly kind: "policy"; readonly type: PolicyType }
  | { readonly kind: "setting"; readonly name: BaselineSetting };

export function subjectOf(text: string): Subject | null {
  const [kind, name = ""] = text.split(":");
  if (kind === "policy") {
    const type = asPolicyType(name);
    return type === null ? null : { kind, type };
  }
  const setting = kind === "setting" ? baselineSettings.find((known) => known === name) : undefined;
  return setting ? { kind: "setting", name: setting } : null;
}

export const policySubject = (type: PolicyType) => `policy:${type}`;
export const settingSubject = (name: BaselineSetting) => `setting:${name}`;

/** The name of a subject; what this app does not know keeps the server's word for it. */
export function nameOfSubject(text: string, t: T): string {
  const subject = subjectOf(text);
  switch (subject?.kind) {
    case "policy":
      return t(`policies.name.${subject.type}`);
    case "setting":
      return t(`orgSettings.rule.${subject.name}`);
    default:
      return text;
  }
}

type Data = Readonly<Record<string, unknown>> | null;
const isOn = (state: DriftState) => (typeof state === "boolean" ? state : state.enabled);
const dataOf = (state: DriftState): Data => (typeof state === "boolean" ? null : state.data);

/** What is otherwise than the baseline wants, each thing in words: "10 characters instead of 14". */
export function differencesOf({ subject, expected, actual, fields }: Difference, t: T): string[] {
  if (isOn(expected) !== isOn(actual)) {
    return [t(isOn(expected) ? "drift.offNotOn" : "drift.onNotOff")];
  }
  const known = subjectOf(subject);
  const kind = known?.kind === "policy" ? kindOf(known.type) : null;
  const worded = fields.flatMap((name) => {
    const field = kind?.fields.find((candidate) => candidate.name === name);
    return field ? [inWords(field, dataOf(expected)?.[name], dataOf(actual)?.[name], t)] : [];
  });
  return worded.length > 0 ? worded : [t("drift.options")];
}

/** The same in one line: "Master password requirements: 10 characters instead of 14". */
export function sentenceOf(difference: Difference, t: T): string {
  return t("drift.line", {
    subject: nameOfSubject(difference.subject, t),
    differences: differencesOf(difference, t).join(", "),
  });
}

function inWords(field: PolicyField, expected: unknown, actual: unknown, t: T): string {
  const label = t(`policies.field.${field.name}`);
  if (field.kind === "check") {
    return t(expected === true ? "drift.checkMissing" : "drift.checkExtra", { field: label });
  }
  if (field.kind === "number" && typeof expected === "number" && typeof actual === "number") {
    return t(`drift.number.${field.name}` as "drift.number.minLength", {
      count: actual,
      expected: String(expected),
    });
  }
  return t("drift.value", {
    field: label,
    actual: valueInWords(field, actual, t),
    expected: valueInWords(field, expected, t),
  });
}

function valueInWords(field: PolicyField, value: unknown, t: T): string {
  const nothing = value === undefined || value === null || value === "" || isEmpty(value);
  if (nothing) {
    return t("drift.nothing");
  }
  if (field.kind === "choice" || field.kind === "some") {
    const chosen = Array.isArray(value) ? value : [value];
    return chosen.map((option) => optionOf(field, option, t)).join(", ");
  }
  return typeof value === "number" ? String(value) : t("drift.quoted", { text: String(value) });
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

function optionOf(field: Extract<PolicyField, { kind: "choice" | "some" }>, option: unknown, t: T): string {
  const values: readonly unknown[] = field.values;
  return values.includes(option)
    ? t(`policies.choice.${field.name}.${option}` as "policies.choice.action.lock")
    : String(option);
}
