import { describe, expect, it } from "vitest";
import type { Policy, ProfileOrganization } from "@/api";
import { foreignTo, mayBe, mayUse, noRules, sendRules } from "./rules";

type Membership = Pick<ProfileOrganization, "id" | "name" | "type" | "status" | "enabled">;

const member = (id: string, part: Partial<Membership> = {}): Membership => ({
  id,
  name: `Org ${id}`,
  type: 2,
  status: 2,
  enabled: true,
  ...part,
});

const policy = (organizationId: string, type: number, data: Policy["data"], enabled = true): Policy => ({
  organizationId,
  type,
  enabled,
  data,
});

describe("policies about Sends", () => {
  it.each<[string, readonly Policy[]]>([
    ["type 6", [policy("a", 6, null)]],
    ["type 21", [policy("a", 21, { disableSend: true })]],
  ])("switch them off: %s", (_, policies) => {
    expect(sendRules([member("a")], policies).off).toEqual({ value: true, by: "Org a" });
  });

  it.each<[string, readonly Policy[]]>([
    ["type 7", [policy("a", 7, { disableHideEmail: true })]],
    ["type 21", [policy("a", 21, { disableHideEmail: true })]],
  ])("show the address: %s", (_, policies) => {
    expect(sendRules([member("a")], policies).showEmail).toEqual({ value: true, by: "Org a" });
  });

  it.each<[string, Partial<Membership>, Policy]>([
    ["an owner", { type: 0 }, policy("a", 6, null)],
    ["an admin", { type: 1 }, policy("a", 6, null)],
    ["who was only invited", { status: 0 }, policy("a", 6, null)],
    ["an organization that is switched off", { enabled: false }, policy("a", 6, null)],
    ["a policy that is off", {}, policy("a", 6, null, false)],
    ["another organization", {}, policy("b", 6, null)],
    ["another policy", {}, policy("a", 1, { disableSend: true })],
    ["options that ask for nothing", {}, policy("a", 7, { disableHideEmail: false })],
  ])("do not bind %s", (_, part, given) => {
    expect(sendRules([member("a", part)], [given])).toEqual(noRules);
  });

  it("leave the strictest of several, with whoever asks for it", () => {
    const rules = sendRules(
      [member("a"), member("b")],
      [
        policy("a", 21, { whoCanAccess: 1, deletionHours: 24, allowedSendTypes: [0, 1] }),
        policy("b", 21, {
          whoCanAccess: 2,
          allowedDomains: "Example.test, example.org",
          deletionHours: 72,
          allowedSendTypes: [0],
        }),
      ],
    );
    expect(rules).toMatchObject({
      protection: { value: "emails", by: "Org b" },
      domains: { value: ["example.test", "example.org"], by: "Org b" },
      hours: { value: 24, by: "Org a" },
      types: { value: ["text"], by: "Org b" },
    });
    const backwards = sendRules(
      [member("a"), member("b")],
      [policy("b", 21, { whoCanAccess: 2 }), policy("a", 21, { whoCanAccess: 1 })],
    );
    expect(backwards.protection).toEqual({ value: "emails", by: "Org b" });
  });

  it.each([
    [null, ["link", "password", "emails"]],
    ["password", ["password", "emails"]],
    ["emails", ["emails"]],
  ] as const)("%s leaves the ways %j", (value, want) => {
    const rules = { ...noRules, protection: value && { value, by: "x" } };
    expect((["link", "password", "emails"] as const).filter((kind) => mayUse(rules, kind))).toEqual(want);
  });

  it("know which addresses and types are not allowed", () => {
    const rules = {
      ...noRules,
      domains: { value: ["example.test"], by: "x" },
      types: { value: ["file"], by: "x" },
    } as const;
    expect(foreignTo(rules, ["a@example.test", "b@example.org", "c@mail.example.test"])).toEqual([
      "b@example.org",
      "c@mail.example.test",
    ]);
    expect(foreignTo(noRules, ["b@example.org"])).toEqual([]);
    expect(mayBe(rules, "file")).toBe(true);
    expect(mayBe(rules, "text")).toBe(false);
    expect(mayBe(noRules, "text")).toBe(true);
  });
});
