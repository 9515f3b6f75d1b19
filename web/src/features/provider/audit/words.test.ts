// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from "vitest";
import type { AuditRecord } from "@/api/audit";
import { currentT, loadTexts, setLanguage } from "@/i18n";
import { auditAsCsv } from "./exportAudit";
import { actorOf, inOneLine, placeOf, wordsOf } from "./words";

const record = (part: Partial<AuditRecord>): AuditRecord => ({
  ...{ id: "e", type: 1000, date: "2026-05-01T10:00:00Z", userId: null, actingUserId: null },
  ...{ organizationId: null, providerId: null, cipherId: null, collectionId: null, groupId: null },
  ...{ policyId: null, organizationUserId: null, deviceType: null, ipAddress: null, systemUser: null },
  ...{ domainName: null, providerUserId: null, providerOrganizationId: null, clientId: null },
  ...{ clientName: null, actingUserName: null, actingUserEmail: null, userName: null, userEmail: null },
  ...{ apiKeyId: null, apiKeyName: null },
  ...part,
});
const line = (part: Partial<AuditRecord>) => inOneLine(wordsOf(record(part), currentT()));
const who = (part: Partial<AuditRecord>, self: string | null = null) =>
  actorOf(record(part), self, currentT()).name;

describe("the audit log in words", () => {
  beforeAll(() => Promise.all([loadTexts("admin"), loadTexts("portalRules")]));

  it.each<[Partial<AuditRecord>, string]>([
    [{ type: 1903, clientName: "Example Bakery" }, "Opened the vault of Example Bakery"],
    [{ type: 1603 }, "Opened the vault as its provider"],
    [{ type: 1801, userName: "Sam Service" }, "Confirmed Sam Service for the provider"],
    [{ type: 1800, providerUserId: "12345678-aaaa" }, "Invited 12345678 to the provider"],
    [{ type: 1883 }, "Assigned a baseline"],
    [{ type: 1890, apiKeyName: "Billing run" }, "Created the API key Billing run"],
    [{ type: 1501, organizationUserId: "m", userEmail: "a@example.test" }, "Confirmed a@example.test"],
    [{ type: 1107, cipherId: "abcdefgh-1" }, "Viewed item abcdefgh"],
    [{ type: 2000, domainName: "example.test" }, "Claimed domain example.test"],
    [{ type: 1000 }, "Logged in"],
  ])("%j", (part, expected) => {
    expect(line(part)).toBe(expected);
  });

  it("has words for its own kinds in German, too", async () => {
    await setLanguage("de");
    expect(line({ type: 1903, clientName: "Example Bakery" })).toBe(
      "Hat den Tresor von Example Bakery geöffnet",
    );
    await setLanguage("en");
  });

  it.each<[Partial<AuditRecord>, string]>([
    [{ actingUserId: "u", actingUserName: "Tessa", actingUserEmail: "t@example.test" }, "Tessa"],
    [{ actingUserId: "u", actingUserEmail: "t@example.test" }, "t@example.test"],
    [{ actingUserId: "12345678-aaaa" }, "Deleted account 12345678"],
    [{ apiKeyId: "k", apiKeyName: "Billing run" }, "API key Billing run"],
    [{ systemUser: 5 }, "Operator"],
    [{ userId: "u", userName: "Ida" }, "Ida"],
    [{}, "Unknown"],
  ])("knows who did it: %j", (part, expected) => {
    expect(who(part)).toBe(expected);
  });

  it("says which one is oneself", () => {
    expect(who({ actingUserId: "u", actingUserName: "Tessa" }, "u")).toBe("Tessa (you)");
  });

  it("leads into a client only for what is a client's", () => {
    const item = { type: 1107, cipherId: "c" as const };
    expect(placeOf(record({ ...item, clientId: "l" }))).toEqual({ tab: "items", search: { item: "c" } });
    expect(placeOf(record(item))).toBeNull();
    expect(placeOf(record({ type: 1600, clientId: "l" }))).toBeNull();
  });

  it("makes a file in which no name is a formula", () => {
    const csv = auditAsCsv(
      [
        record({
          ...{ type: 1903, clientName: "=cmd|'/C calc'!A0", actingUserId: "u", actingUserName: "@Eve" },
          ...{ ipAddress: "192.0.2.1" },
        }),
      ],
      "Example IT",
      currentT(),
    );
    const [, row = ""] = csv.split("\r\n");
    expect(row).toContain("'=cmd|'/C calc'!A0");
    expect(row).toContain("'@Eve");
    expect(row.split(",").some((cell) => /^"?[=@]/.test(cell))).toBe(false);
  });
});
