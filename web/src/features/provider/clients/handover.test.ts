import { describe, expect, it } from "vitest";
import type { Handover } from "@/api/clients";
import type { T } from "@/i18n";
import { handoverFile, handoverSections, handoverText } from "./handover";

const t = ((key: string, values: object = {}) => {
  const told = Object.values(values).join(" ");
  return told ? `${key} ${told}` : key;
}) as unknown as T;
const words = { t, provider: "Example IT", number: String, dateTime: (date: string) => date };

const report: Handover = {
  clientId: "client",
  organizationId: "organization",
  name: "Example / Bakery & Söhne",
  owners: [
    { name: "Otto Owner", email: "otto@example.test" },
    { name: null, email: "second@example.test" },
  ],
  members: { invited: 2, accepted: 0, confirmed: 5, revoked: 1, staged: 0 },
  seats: 12,
  plan: "Teams",
  enabled: true,
  policies: [0, 5],
  domains: ["bakery.example.test"],
  staff: [{ name: "Petra", email: "petra@example.test", type: 0 }],
  apiKeys: [],
  baseline: null,
  blockedBy: null,
};

const linesOf = (title: string) =>
  handoverSections(report, words).find((section) => section.title.startsWith(title))?.lines;

describe("the hand-over report", () => {
  it("names owners with their addresses", () => {
    expect(linesOf("clients.handover.owners")).toEqual([
      "Otto Owner <otto@example.test>",
      "second@example.test",
    ]);
  });

  it("counts the people that there are, and leaves out where there are none", () => {
    expect(linesOf("clients.handover.people")).toEqual([
      "clients.handover.members.confirmed 5",
      "clients.handover.members.invited 2",
      "clients.handover.members.revoked 1",
    ]);
  });

  it("says where there is nothing", () => {
    expect(linesOf("clients.handover.keys")).toEqual(["clients.handover.none"]);
    expect(linesOf("clients.handover.baseline")).toEqual(["clients.handover.none"]);
  });

  it("is a draft until it has happened", () => {
    const dated = { ...report, at: "2026-11-22" };
    expect(handoverText(dated, words, false)).toContain("clients.handover.draft 2026-11-22 Example IT");
    const done = handoverText(dated, words, true);
    expect(done).toContain("clients.handover.at 2026-11-22 Example IT");
    expect(done).not.toContain("draft");
    expect(done).toContain("\r\n  - bakery.example.test\r\n");
  });

  it("is called after the client, without what file systems mind", () => {
    expect(handoverFile(report, "2026-11-22")).toBe("hand-over-example-bakery-söhne-2026-11-22.txt");
  });
});
