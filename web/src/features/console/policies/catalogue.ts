/** One thing that can be set about a policy; its words are the texts `policies.field.<name>`. */
export type PolicyField =
  | { readonly kind: "check"; readonly name: FieldName }
  | {
      readonly kind: "number";
      readonly name: FieldName;
      readonly min: number;
      readonly max: number;
      /** Without it the policy says nothing. */
      readonly start?: number;
    }
  | {
      readonly kind: "choice";
      readonly name: ChoiceName;
      readonly values: readonly (string | number)[];
      /** Among the values; otherwise nothing is asked for. */
      readonly start?: string | number;
    }
  | { readonly kind: "text"; readonly name: FieldName; readonly long?: boolean; readonly start?: string }
  /** Some of a few, each by its number. */
  | { readonly kind: "some"; readonly name: "allowedSendTypes"; readonly values: readonly number[] };

export type ChoiceName =
  | "overridePasswordType"
  | "type"
  | "action"
  | "uriMatchDetection"
  | "whoCanAccess"
  | "minComplexity";

export type FieldName =
  | ChoiceName
  | "minLength"
  | "requireUpper"
  | "requireLower"
  | "requireNumbers"
  | "requireSpecial"
  | "enforceOnLogin"
  | "useUpper"
  | "useLower"
  | "useNumbers"
  | "useSpecial"
  | "minNumbers"
  | "minSpecial"
  | "minNumberWords"
  | "capitalize"
  | "includeNumber"
  | "autoEnrollEnabled"
  | "minutes"
  | "idpHost"
  | "disableHideEmail"
  | "disableSend"
  | "allowedDomains"
  | "deletionHours"
  | "allowedSendTypes"
  | "rulesUrl"
  | "title"
  | "message";

export type PolicyType =
  | (0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11)
  | (12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22);

/** Whom a policy leaves alone. */
export type Exempt = "admins" | "owners" | "nobody" | "registration";

export type PolicyKind = {
  readonly type: PolicyType;
  readonly needs: readonly PolicyType[];
  readonly exempt: Exempt;
  readonly fields: readonly PolicyField[];
  /** It waits for something that this server does not have yet. */
  readonly idle?: boolean;
};

const check = (...names: FieldName[]) => names.map((name) => ({ kind: "check", name }) as const);
const number = (name: FieldName, min: number, max: number, start?: number) =>
  ({ kind: "number", name, min, max, ...(start !== undefined && { start }) }) as const;
const plain = (type: PolicyType, exempt: Exempt, needs: readonly PolicyType[] = []): PolicyKind => ({
  ...{ type, exempt, needs, fields: [] },
});

const singleOrganization: PolicyType = 3;
const needsSingle = [singleOrganization];

const kinds: Readonly<Record<PolicyType, PolicyKind>> = {
  0: plain(0, "admins"),
  1: {
    ...plain(1, "nobody"),
    fields: [
      { kind: "choice", name: "minComplexity", values: [0, 1, 2, 3, 4] },
      number("minLength", 12, 128, 14),
      ...check("requireUpper", "requireLower", "requireNumbers", "requireSpecial", "enforceOnLogin"),
    ],
  },
  2: {
    ...plain(2, "nobody"),
    fields: [
      { kind: "choice", name: "overridePasswordType", values: ["password", "passphrase"] },
      number("minLength", 5, 128),
      ...check("useUpper", "useLower", "useNumbers", "useSpecial"),
      number("minNumbers", 0, 9),
      number("minSpecial", 0, 9),
      number("minNumberWords", 3, 20),
      ...check("capitalize", "includeNumber"),
    ],
  },
  3: plain(3, "admins"),
  4: { ...plain(4, "admins", needsSingle), idle: true },
  5: plain(5, "admins"),
  6: plain(6, "admins"),
  7: { ...plain(7, "admins"), fields: check("disableHideEmail") },
  8: { ...plain(8, "nobody", needsSingle), fields: check("autoEnrollEnabled") },
  9: {
    ...plain(9, "owners", needsSingle),
    fields: [
      {
        kind: "choice",
        name: "type",
        values: ["custom", "immediately", "onSystemLock", "onAppRestart", "never"],
        start: "custom",
      },
      number("minutes", 1, 525_600, 15),
      { kind: "choice", name: "action", values: ["lock", "logOut"] },
    ],
  },
  10: plain(10, "admins"),
  11: plain(11, "admins"),
  12: { ...plain(12, "admins"), fields: [{ kind: "text", name: "idpHost" }], idle: true },
  13: { ...plain(13, "nobody"), idle: true },
  14: plain(14, "nobody"),
  15: plain(15, "nobody"),
  16: {
    ...plain(16, "admins", needsSingle),
    fields: [{ kind: "choice", name: "uriMatchDetection", values: [0, 1, 2, 3, 4, 5], start: 0 }],
  },
  17: plain(17, "admins"),
  18: plain(18, "nobody", needsSingle),
  19: plain(19, "registration"),
  20: {
    ...plain(20, "nobody", needsSingle),
    fields: [
      { kind: "text", name: "title" },
      { kind: "text", name: "message", long: true },
    ],
  },
  21: {
    ...plain(21, "admins"),
    fields: [
      ...check("disableSend", "disableHideEmail"),
      { kind: "choice", name: "whoCanAccess", values: [0, 1, 2] },
      { kind: "text", name: "allowedDomains" },
      number("deletionHours", 1, 744),
      { kind: "some", name: "allowedSendTypes", values: [0, 1] },
    ],
  },
  22: { ...plain(22, "nobody"), fields: [{ kind: "text", name: "rulesUrl", start: "https://" }] },
};

export const policyGroups = {
  people: [3, 0, 1, 8, 18, 19],
  vault: [5, 10, 15, 16],
  sends: [21, 6, 7],
  apps: [9, 14, 2, 11, 17, 22, 20],
  other: [4, 12, 13],
} as const satisfies Record<string, readonly PolicyType[]>;
export type PolicyGroup = keyof typeof policyGroups;

export const kindOf = (type: PolicyType): PolicyKind => kinds[type];

export function asPolicyType(text: string | undefined): PolicyType | null {
  const type = Number(text);
  return text !== undefined && text !== "" && type in kinds ? (type as PolicyType) : null;
}
