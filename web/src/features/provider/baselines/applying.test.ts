import { describe, expect, it } from "vitest";
import type { BaselinePreview } from "@/api/baselines";
import { changesFor, failureOf, resultsAsCsv, type Target, totalsOf } from "./applying";
import { openDifferences, standingOf } from "./standing";

const target = (name: string, subjects?: string[]): Target => ({
  ...{ clientId: name, organizationId: `o-${name}`, name },
  ...(subjects && { subjects }),
});
const person = (email: string, effect: string) => ({ name: null, email, effect });
const preview = (changes: BaselinePreview["changes"]): BaselinePreview => ({
  ...{ clientId: "c", baselineId: "b", changes },
});
const some = (failed: number, total: number) => `${failed} of ${total}`;

describe("what applying would do", () => {
  const first = target("A");
  const second = target("B", ["policy:3"]);
  const previews = new Map([
    [
      first,
      preview([
        {
          subject: "policy:0",
          blockedBy: null,
          people: [person("a@example.test", "revoked"), person("b@example.test", "revoked")],
        },
        {
          subject: "policy:3",
          blockedBy: null,
          people: [person("a@example.test", "revoked"), person("c@example.test", "mustEnrol")],
        },
        { subject: "policy:19", blockedBy: "There is no claimed domain.", people: [] },
      ]),
    ],
    [
      second,
      preview([
        { subject: "policy:0", blockedBy: null, people: [person("d@example.test", "revoked")] },
        { subject: "policy:3", blockedBy: null, people: [] },
      ]),
    ],
  ]);

  it("counts each person once per client, and only what is to be applied", () => {
    expect(totalsOf([first, second], previews)).toEqual({
      ...{ changes: 4, blocked: 1, revoked: 2, revokedAt: 1 },
    });
  });

  it("leaves out subjects that were not chosen", () => {
    const changes = changesFor(second, previews.get(second) as BaselinePreview);
    expect(changes.map(({ subject }) => subject)).toEqual(["policy:3"]);
  });

  it("waits for what was not asked yet", () => {
    expect(totalsOf([target("C")], previews)).toEqual({ changes: 0, blocked: 0, revoked: 0, revokedAt: 0 });
  });
});

describe("how it went for a client", () => {
  it.each([
    [[{ subject: "policy:0", error: null }], null],
    [[], null],
    [[{ subject: "policy:0", error: "No." }], "No."],
    [
      [
        { subject: "policy:0", error: "No." },
        { subject: "policy:3", error: null },
      ],
      "1 of 2",
    ],
  ])("%#", (changes, expected) => {
    expect(failureOf({ changes }, some)).toBe(expected);
  });

  it("is a file with a line per subject, harmless for spreadsheets", () => {
    const good = target("=A");
    const lost = target("B");
    const csv = resultsAsCsv(
      [good, lost],
      new Map([
        [
          good,
          {
            changes: [
              { subject: "policy:0", error: null },
              { subject: "policy:3", error: "No." },
            ],
          },
        ],
      ]),
      () => "no answer",
      { header: ["client", "subject", "result"], done: "done", subject: (subject) => `<${subject}>` },
    );
    expect(csv).toBe(
      "\uFEFFclient,subject,result\r\n'=A,<policy:0>,done\r\n'=A,<policy:3>,No.\r\nB,,no answer\r\n",
    );
  });
});

describe("the standing of a client", () => {
  const difference = (accepted: boolean) => ({
    ...{ subject: "policy:0", expected: true, actual: false, fields: ["enabled"] },
    deviation: accepted ? { reason: "r", by: null, date: "2026-01-01T00:00:00Z" } : null,
  });
  it.each([
    [[], "inLine"],
    [[difference(true)], "deviates"],
    [[difference(true), difference(false)], "drifted"],
  ] as const)("%#", (differences, expected) => {
    expect(standingOf({ differences })).toBe(expected);
  });

  it("counts as open what nobody accepted", () => {
    expect(openDifferences({ differences: [difference(true), difference(false)] })).toHaveLength(1);
  });
});
