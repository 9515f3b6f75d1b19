import { describe, expect, it } from "vitest";
import type { SendView } from "@/crypto/model/sends";
import {
  addressesOf,
  draftOf,
  formOf,
  type Given,
  largestFile,
  newForm,
  type Problems,
  problemsOf,
  type SendForm,
} from "./form";
import { noRules } from "./rules";

const now = new Date("2026-05-01T12:00:00Z");
const hour = 3_600_000;

const send: SendView = {
  id: "s",
  type: "text",
  name: "Door code",
  text: "4711",
  hidden: true,
  notes: "",
  file: null,
  protection: { kind: "password", password: "" },
  accessCount: 3,
  maxAccessCount: 5,
  disabled: false,
  hideEmail: true,
  revisionDate: "2026-05-01T00:00:00Z",
  deletionDate: "2026-05-03T10:20:30.123Z",
  expirationDate: "2026-05-02T10:20:30.123Z",
  broken: false,
};

const given = (form: Partial<SendForm>, part: Partial<Given> = {}): Given => ({
  form: { ...newForm(noRules, now), name: "n", text: "t", ...form },
  file: null,
  edited: null,
  rules: noRules,
  now,
  ...part,
});

describe("the form of a Send", () => {
  it("begins with a week and the link alone", () => {
    const form = newForm(noRules, now);
    expect(form).toMatchObject({ type: "text", lifetime: 168, protection: "link", hidden: false });
    const draft = draftOf(given({}), "");
    expect(Date.parse(draft.deletionDate) - now.getTime()).toBe(168 * hour);
    expect(draft).toMatchObject({ maxAccessCount: null, expirationDate: null, protection: { kind: "link" } });
  });

  it("begins within what policies allow", () => {
    const rules = {
      ...noRules,
      hours: { value: 48, by: "Example" },
      protection: { value: "password", by: "Example" },
      types: { value: ["file"], by: "Example" },
    } as const;
    expect(newForm(rules, now)).toMatchObject({ lifetime: 48, protection: "password", type: "file" });
    const less = newForm({ ...noRules, hours: { value: 0.5, by: "Example" } }, now);
    expect(less.lifetime).toBe("custom");
  });

  it.each<[string, Given, Problems]>([
    ["is complete", given({}), {}],
    ["has no name", given({ name: " " }), { name: "missing" }],
    ["has no text", given({ text: "" }), { text: "missing" }],
    ["has no file", given({ type: "file" }), { file: "missing" }],
    [
      "has a file that is too large",
      given({ type: "file" }, { file: { size: largestFile + 1 } }),
      { file: "tooLarge" },
    ],
    ["keeps its file", given({ type: "file" }, { edited: { ...send, type: "file" } }), {}],
    ["has no day", given({ lifetime: "custom", deletion: "" }), { deletion: "missing" }],
    ["is over", given({ lifetime: "custom", deletion: "2026-04-30T00:00" }), { deletion: "past" }],
    ["stays too long", given({ lifetime: "custom", deletion: "2026-07-01T00:00" }), { deletion: "tooLate" }],
    [
      "stays longer than a policy allows",
      given({ lifetime: 72 }, { rules: { ...noRules, hours: { value: 24, by: "Example" } } }),
      { deletion: "ruled" },
    ],
    ["stops in the past", given({ expiration: "2026-04-01T00:00" }), { expiration: "past" }],
    [
      "stops after it is deleted",
      given({ lifetime: 24, expiration: "2026-05-20T00:00" }),
      { expiration: "afterDeletion" },
    ],
    ["has a limit that is no number", given({ most: "many" }), { most: "number" }],
    ["has a limit of nothing", given({ most: "0" }), { most: "number" }],
    ["was opened more often", given({ most: "2" }, { edited: send }), { most: "used" }],
    ["has no password", given({ protection: "password" }), { password: "missing" }],
    ["keeps its password", given({ protection: "password" }, { edited: send }), {}],
    ["names nobody", given({ protection: "emails" }), { emails: "missing" }],
    [
      "names half an address",
      given({ protection: "emails", emails: "a@example.test b" }),
      { emails: "malformed" },
    ],
    [
      "goes elsewhere than a policy allows",
      given(
        { protection: "emails", emails: "a@example.test" },
        { rules: { ...noRules, domains: { value: ["example.org"], by: "Example" } } },
      ),
      { emails: "ruled" },
    ],
    [
      "is open where a policy wants a password",
      given({}, { rules: { ...noRules, protection: { value: "password", by: "Example" } } }),
      { protection: "ruled" },
    ],
  ])("%s", (_, input, want) => {
    expect(problemsOf(input)).toEqual(want);
  });

  it("changes nothing of a Send that nobody touched", () => {
    const form = formOf(send);
    const input = { form, file: null, edited: send, rules: noRules, now };
    expect(problemsOf(input)).toEqual({});
    expect(draftOf(input, "")).toEqual({
      type: "text",
      name: send.name,
      notes: "",
      text: send.text,
      hidden: true,
      fileName: "",
      maxAccessCount: 5,
      deletionDate: send.deletionDate,
      expirationDate: send.expirationDate,
      protection: { kind: "password", password: "" },
      disabled: false,
      hideEmail: true,
    });
  });

  it("shows the address where a policy says so", () => {
    const rules = { ...noRules, showEmail: { value: true, by: "Example" } } as const;
    expect(draftOf(given({ hideEmail: true }, { rules }), "").hideEmail).toBe(false);
  });

  it.each([
    ["A@example.test\nb@example.test", ["a@example.test", "b@example.test"]],
    ["a@example.test, a@example.test;", ["a@example.test"]],
    ["  ", []],
  ])("reads the addresses in %j", (text, want) => {
    expect(addressesOf(text)).toEqual(want);
  });
});
