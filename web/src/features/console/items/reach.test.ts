import { describe, expect, it } from "vitest";
import { Rights } from "../rights";
import type { ConsoleScope } from "../scope";
import { isClosed, reachOf } from "./reach";

const member: ConsoleScope["by"] = { kind: "member", memberId: "m" };
const staff: ConsoleScope["by"] = { kind: "provider", providerId: "p", providerName: "" };
const settings = { enabled: true, allowAdminAccessToAllCollectionItems: true, providerItemAccess: true };
const owner = { by: "membership", role: 0, permissions: {} } as const;
const reach = (rights: Rights, by: ConsoleScope["by"]) => reachOf({ rights, by });

describe("the items that somebody reaches", () => {
  it("are all of them for owners, unless they are kept out", () => {
    expect(reach(new Rights(owner, settings), member)).toBe("all");
    const closed = { ...settings, allowAdminAccessToAllCollectionItems: false };
    expect(reach(new Rights(owner, closed), member)).toBe("assigned");
  });

  it("are all or none for the provider's staff", () => {
    expect(reach(new Rights({ by: "provider" }, settings), staff)).toBe("all");
    const closed = { ...settings, providerItemAccess: false };
    expect(reach(new Rights({ by: "provider" }, closed), staff)).toBe("none");
  });

  it("leave collections closed that are not assigned", () => {
    expect(isClosed("all", { assigned: false })).toBe(false);
    expect(isClosed("assigned", { assigned: true })).toBe(false);
    expect(isClosed("assigned", { assigned: false })).toBe(true);
    expect(isClosed("none", { assigned: true })).toBe(true);
  });
});
