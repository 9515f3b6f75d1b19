// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from "vitest";
import type { EventRecord } from "@/api";
import { currentT, loadTexts, setLanguage } from "@/i18n";
import adminDe from "@/i18n/admin.de.json";
import adminEn from "@/i18n/admin.en.json";
import { knownTypes, sentenceOf, subjectOf } from "./words";

const event = (part: Partial<EventRecord>): EventRecord => ({
  ...{ type: 1000, date: "", userId: null, actingUserId: null, organizationId: null, providerId: null },
  ...{ cipherId: null, collectionId: null, groupId: null, policyId: null, organizationUserId: null },
  ...{ deviceType: null, ipAddress: null, systemUser: null, domainName: null },
  ...part,
});

describe("the words of events", () => {
  beforeAll(() => loadTexts("admin"));

  it.each([
    ["English", adminEn],
    ["German", adminDe],
  ])("are there for every kind in %s", (_, texts) => {
    const worded = Object.keys(texts.events.type).map(Number).sort();
    expect(worded).toEqual([...knownTypes].sort());
  });

  it("leave room for the name, wherever the language puts it", async () => {
    expect(sentenceOf(1111, currentT())).toEqual({
      before: "Copied the password of item ",
      after: "",
      named: true,
    });
    expect(sentenceOf(1000, currentT())).toEqual({ before: "Logged in", after: "", named: false });
    await setLanguage("de");
    expect(sentenceOf(1100, currentT())).toEqual({
      before: "Hat den Eintrag ",
      after: " angelegt",
      named: true,
    });
    await setLanguage("en");
  });

  it("say so where there are none", () => {
    expect(sentenceOf(9999, currentT()).before).toContain("9999");
  });

  it.each([
    [event({ type: 1107, cipherId: "c" as never }), { kind: "item", id: "c" }],
    [
      event({ type: 1501, organizationUserId: "m" as never, cipherId: "c" as never }),
      { kind: "member", id: "m" },
    ],
    [event({ type: 2002, domainName: "example.test" }), { kind: "domain", id: "example.test" }],
    [event({ type: 1600, organizationId: "o" as never }), null],
    [event({ type: 1107 }), null],
  ])("are about the one thing that the kind is about", (given, subject) => {
    expect(subjectOf(given)).toEqual(subject);
  });
});
