import type { SendDraft, SendProtection, SendTypeName, SendView } from "@/crypto/model/sends";
import { endOf, firstLifetime, fromInput, type Lifetime, longestHours, toInput } from "./lifetime";
import { foreignTo, mayBe, mayUse, type SendRules } from "./rules";

/** What the form holds, as its fields hold it. The file stands beside it. */
export type SendForm = {
  readonly type: SendTypeName;
  readonly name: string;
  readonly text: string;
  readonly hidden: boolean;
  readonly notes: string;
  readonly lifetime: Lifetime;
  /** For a day of one's own. */
  readonly deletion: string;
  /** "" when it does not stop before it is deleted. */
  readonly expiration: string;
  /** "" without a limit. */
  readonly most: string;
  readonly protection: SendProtection["kind"];
  readonly password: string;
  readonly emails: string;
  readonly disabled: boolean;
  readonly hideEmail: boolean;
};

export type SendStart = Partial<Pick<SendForm, "name" | "text" | "hidden" | "type">>;

export function newForm(rules: SendRules, now: Date, start: SendStart = {}): SendForm {
  const most = rules.hours?.value ?? null;
  const lifetime = firstLifetime(most);
  const end = new Date(now.getTime() + (most ?? 168) * 3_600_000);
  return {
    type: mayBe(rules, "text") ? "text" : "file",
    name: "",
    text: "",
    hidden: false,
    notes: "",
    lifetime,
    deletion: toInput(end),
    expiration: "",
    most: "",
    protection: rules.protection?.value ?? "link",
    password: "",
    emails: "",
    disabled: false,
    hideEmail: false,
    ...start,
  };
}

export function formOf(send: SendView): SendForm {
  const { protection, maxAccessCount, expirationDate } = send;
  return {
    type: send.type ?? "text",
    name: send.name,
    text: send.text,
    hidden: send.hidden,
    notes: send.notes,
    lifetime: "keep",
    deletion: toInput(new Date(send.deletionDate)),
    expiration: expirationDate ? toInput(new Date(expirationDate)) : "",
    most: maxAccessCount === null ? "" : String(maxAccessCount),
    protection: protection.kind,
    password: "",
    emails: protection.kind === "emails" ? protection.emails.join("\n") : "",
    disabled: send.disabled,
    hideEmail: send.hideEmail,
  };
}

/** One address a line, or separated by commas, semicolons or blanks; each once. */
export function addressesOf(text: string): string[] {
  const all = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  return [...new Set(all)];
}

const isAddress = (text: string) => /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(text);

/** What stands between the form and a Send, by field. */
export type Problems = {
  readonly name?: "missing";
  readonly text?: "missing";
  readonly file?: "missing" | "tooLarge";
  readonly deletion?: "missing" | "past" | "tooLate" | "ruled";
  readonly expiration?: "past" | "afterDeletion";
  readonly most?: "number" | "used";
  readonly protection?: "ruled";
  readonly password?: "missing";
  readonly emails?: "missing" | "malformed" | "ruled";
};

export type Given = {
  readonly form: SendForm;
  /** The chosen file; a Send that is being changed keeps the one it has. */
  readonly file: { readonly size: number } | null;
  readonly edited: SendView | null;
  readonly rules: SendRules;
  readonly now: Date;
};

/** As much as a server of this protocol takes unless its operators say otherwise. */
export const largestFile = 500 * 1024 * 1024;

export function problemsOf(given: Given): Problems {
  const { form, edited, file } = given;
  const most = Number(form.most);
  const found: { [Key in keyof Problems]: Problems[Key] | undefined } = {
    name: form.name.trim() === "" ? "missing" : undefined,
    text: form.type === "text" && form.text === "" ? "missing" : undefined,
    file: form.type === "file" && !edited ? fileProblem(file) : undefined,
    deletion: deletionProblem(given),
    expiration: expirationProblem(given),
    most:
      form.most === ""
        ? undefined
        : !(Number.isInteger(most) && most > 0 && most < 1_000_000)
          ? "number"
          : edited && most < edited.accessCount
            ? "used"
            : undefined,
    protection: mayUse(given.rules, form.protection) ? undefined : "ruled",
    password: passwordProblem(given),
    emails: emailsProblem(given),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

const fileProblem = (file: Given["file"]) =>
  file === null ? "missing" : file.size > largestFile ? "tooLarge" : undefined;

function deletionProblem({ form, edited, rules, now }: Given): Problems["deletion"] | undefined {
  const end = endOf(form.lifetime, form.deletion, edited?.deletionDate ?? null, now);
  if (end === null) {
    return "missing";
  }
  const hours = (end.getTime() - now.getTime()) / 3_600_000;
  if (hours <= 1 / 60) {
    return "past";
  }
  // The day in the field has no seconds: a minute more does no harm.
  const ruled = rules.hours !== null && hours > rules.hours.value + 1 / 60;
  return ruled ? "ruled" : hours > longestHours ? "tooLate" : undefined;
}

function expirationProblem({ form, edited, now }: Given): Problems["expiration"] | undefined {
  const stop = fromInput(form.expiration);
  const kept = edited?.expirationDate && toInput(new Date(edited.expirationDate)) === form.expiration;
  if (stop === null || kept) {
    return undefined;
  }
  const end = endOf(form.lifetime, form.deletion, edited?.deletionDate ?? null, now);
  return stop <= now ? "past" : end !== null && stop > end ? "afterDeletion" : undefined;
}

function passwordProblem({ form, edited }: Given): Problems["password"] | undefined {
  const kept = edited?.protection.kind === "password";
  return form.protection === "password" && form.password === "" && !kept ? "missing" : undefined;
}

function emailsProblem({ form, rules }: Given): Problems["emails"] | undefined {
  if (form.protection !== "emails") {
    return undefined;
  }
  const emails = addressesOf(form.emails);
  if (emails.length === 0) {
    return "missing";
  }
  return emails.every(isAddress) ? (foreignTo(rules, emails).length > 0 ? "ruled" : undefined) : "malformed";
}

function protectionOf(form: SendForm): SendProtection {
  switch (form.protection) {
    case "password":
      return { kind: "password", password: form.password };
    case "emails":
      return { kind: "emails", emails: addressesOf(form.emails) };
    case "link":
      return { kind: "link" };
  }
}

/** A form without problems as what is sealed. */
export function draftOf({ form, edited, rules, now }: Given, fileName: string): SendDraft {
  const end = endOf(form.lifetime, form.deletion, edited?.deletionDate ?? null, now) ?? now;
  const kept = edited?.expirationDate && toInput(new Date(edited.expirationDate)) === form.expiration;
  return {
    type: form.type,
    name: form.name.trim(),
    notes: form.notes.trim(),
    text: form.text,
    hidden: form.hidden,
    fileName,
    maxAccessCount: form.most === "" ? null : Number(form.most),
    deletionDate: end.toISOString(),
    expirationDate: kept ? edited.expirationDate : (fromInput(form.expiration)?.toISOString() ?? null),
    protection: protectionOf(form),
    disabled: form.disabled,
    hideEmail: form.hideEmail && rules.showEmail === null,
  };
}
