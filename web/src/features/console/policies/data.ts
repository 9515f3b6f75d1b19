import type { PolicyField, PolicyKind } from "./catalogue";

export type PolicyData = Readonly<Record<string, unknown>>;

/** What the form begins with: what is saved, and a sensible start for what must be said. */
export function startOf(kind: PolicyKind, saved: PolicyData | null): PolicyData {
  const starts = kind.fields.flatMap((field) =>
    "start" in field && field.start !== undefined ? [[field.name, field.start] as const] : [],
  );
  return saved ?? Object.fromEntries(starts);
}

/** Whether a field means anything beside the others. */
export function applies(kind: PolicyKind, field: PolicyField, data: PolicyData): boolean {
  if (kind.type === 9 && field.name === "minutes") {
    return data.type === undefined || data.type === "custom";
  }
  if (kind.type === 21 && field.name === "allowedDomains") {
    return data.whoCanAccess === 2;
  }
  if (kind.type === 2) {
    const words = ["minNumberWords", "capitalize", "includeNumber"].includes(field.name);
    const either = data.overridePasswordType === undefined || field.name === "overridePasswordType";
    return either || (data.overridePasswordType === "passphrase") === words;
  }
  return true;
}

/** What is sent: what means something and was filled in. Members that this form does not know stay. */
export function tidied(kind: PolicyKind, data: PolicyData): PolicyData | null {
  const dropped = new Set(
    kind.fields
      .filter((field) => !applies(kind, field, data) || isBlank(data[field.name]))
      .map(({ name }): string => name),
  );
  const kept = Object.entries(data).filter(([name]) => !dropped.has(name));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false || isEmptyList(value);
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Fields whose number is outside of its bounds. */
export function outOfRange(kind: PolicyKind, data: PolicyData): readonly string[] {
  return kind.fields.flatMap((field) => {
    const value = data[field.name];
    const wrong =
      field.kind === "number" &&
      applies(kind, field, data) &&
      typeof value === "number" &&
      !(Number.isInteger(value) && value >= field.min && value <= field.max);
    return wrong ? [field.name] : [];
  });
}
