// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from "vitest";
import type { Difference } from "@/api/baselines";
import { currentT, loadTexts, setLanguage } from "@/i18n";
import { policyGroups } from "../policies/catalogue";
import { differencesOf, nameOfSubject, sentenceOf, subjectOf } from "./words";

const difference = (subject: string, part: Partial<Difference>): Difference => ({
  ...{ subject, expected: true, actual: false, fields: ["enabled"], deviation: null },
  ...part,
});
const on = (data: Record<string, unknown> | null) => ({ enabled: true, data });
const off = { enabled: false, data: null };

describe("what a baseline wants otherwise", () => {
  beforeAll(() => loadTexts("admin"));

  it.each<[string, Difference, string[]]>([
    [
      "counts what is too few",
      difference("policy:1", {
        expected: on({ minLength: 14, requireUpper: true }),
        actual: on({ minLength: 10 }),
        fields: ["minLength", "requireUpper"],
      }),
      ["10 characters instead of 14", "“Capital letters (A–Z)” is not chosen"],
    ],
    [
      "knows one of something",
      difference("policy:2", {
        expected: on({ minSpecial: 3 }),
        actual: on({ minSpecial: 1 }),
        fields: ["minSpecial"],
      }),
      ["1 symbol instead of 3"],
    ],
    [
      "says what is asked for too much",
      difference("policy:1", {
        expected: on({ minComplexity: 3 }),
        actual: on({ minComplexity: 3, requireSpecial: true }),
        fields: ["requireSpecial"],
      }),
      ["“Symbols (!@#$%^&*)” is chosen"],
    ],
    [
      "names choices, and their absence",
      difference("policy:9", {
        expected: on({ type: "custom", minutes: 15, action: "logOut" }),
        actual: on({ type: "never" }),
        fields: ["action", "minutes", "type"],
      }),
      [
        "“What happens then”: nothing instead of Log out",
        "“Minutes at most”: nothing instead of 15",
        "“Timeout”: Never instead of At most some minutes",
      ],
    ],
    [
      "quotes texts and lists",
      difference("policy:21", {
        expected: on({ whoCanAccess: 2, allowedDomains: "example.test", allowedSendTypes: [0] }),
        actual: on({ whoCanAccess: 2, allowedSendTypes: [0, 1] }),
        fields: ["allowedDomains", "allowedSendTypes"],
      }),
      [
        "“Only to addresses of these domains, with commas between”: nothing instead of “example.test”",
        "“What may be sent”: Text, Files instead of Text",
      ],
    ],
    ["knows off", difference("policy:3", { expected: on(null), actual: off }), ["off instead of on"]],
    ["knows on", difference("policy:6", { expected: off, actual: on(null) }), ["on instead of off"]],
    ["knows settings", difference("setting:limitItemDeletion", {}), ["off instead of on"]],
    [
      "does not hide what it does not know",
      difference("policy:15", { expected: on({ card: true }), actual: on(null), fields: ["card"] }),
      ["other options"],
    ],
  ])("%s", (_, given, words) => {
    expect(differencesOf(given, currentT())).toEqual(words);
  });

  it("is one line with the name of the subject, in both languages", async () => {
    const given = difference("policy:1", {
      expected: on({ minLength: 14 }),
      actual: on({ minLength: 10 }),
      fields: ["minLength"],
    });
    expect(sentenceOf(given, currentT())).toBe("Master password requirements: 10 characters instead of 14");
    await setLanguage("de");
    expect(sentenceOf(given, currentT())).toBe("Anforderungen an das Master-Passwort: 10 Zeichen statt 14");
    await setLanguage("en");
  });

  it("knows every policy by its number", () => {
    for (const type of Object.values(policyGroups).flat()) {
      expect(subjectOf(`policy:${type}`)).toEqual({ kind: "policy", type });
    }
  });

  it.each(["policy:99", "policy:", "policy", "setting:other", "something:1"])("does not know %s", (text) => {
    expect(subjectOf(text)).toBeNull();
    expect(nameOfSubject(text, currentT())).toBe(text);
  });
});
