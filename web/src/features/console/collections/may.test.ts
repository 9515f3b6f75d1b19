import { describe, expect, it } from "vitest";
import type { OrganizationSummary, Permissions } from "@/api";
import { Rights, roles } from "../rights";
import { mayDelete, mayEdit, mayGiveToGroups, mayGiveToPeople } from "./may";

const open = {
  ...{ id: "o", name: "", key: "" as never, enabled: true },
  ...{ allowAdminAccessToAllCollectionItems: true, limitCollectionDeletion: false, providerItemAccess: true },
} as OrganizationSummary;
const closed = { ...open, allowAdminAccessToAllCollectionItems: false, limitCollectionDeletion: true };

function member(role: keyof typeof roles, summary: OrganizationSummary, permissions: Permissions = {}) {
  return { summary, rights: new Rights({ by: "membership", role: roles[role], permissions }, summary) };
}
const answers = (who: Parameters<typeof mayEdit>[0], collection: { manage?: boolean; unmanaged?: boolean }) =>
  [mayEdit, mayGiveToPeople, mayGiveToGroups, mayDelete]
    .map((may) => (may(who, collection as never) ? "+" : "-"))
    .join("");

describe("what one may do with a collection", () => {
  it.each([
    ["an owner with access to all", member("owner", open), {}, "++++"],
    ["an owner who is kept out", member("owner", closed), {}, "----"],
    ["an owner who is kept out and manages it", member("owner", closed), { manage: true }, "++++"],
    ["an owner who repairs it", member("admin", closed), { unmanaged: true }, "+++-"],
    ["a user", member("user", open), {}, "----"],
    ["a user who manages it", member("user", open), { manage: true }, "++++"],
    ["a user who manages it but may not delete", member("user", closed), { manage: true }, "+++-"],
    ["a manager of users", member("custom", open, { manageUsers: true }), {}, "-+--"],
    ["a manager of groups", member("custom", open, { manageGroups: true }), {}, "--+-"],
    ["who deletes any", member("custom", closed, { deleteAnyCollection: true }), {}, "---+"],
    ["the provider's staff", { summary: closed, rights: new Rights({ by: "provider" }, closed) }, {}, "++++"],
  ])("%s", (_, who, collection, expected) => {
    expect(answers(who, collection)).toBe(expected);
  });
});
