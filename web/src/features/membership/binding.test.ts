import { describe, expect, it } from "vitest";
import { bindingPolicies } from "./binding";

const policy = (type: number, part: { enabled?: boolean; organizationId?: string } = {}) => ({
  ...{ organizationId: "o", type, enabled: true },
  ...part,
});
const member = (type: 0 | 1 | 2 | 4, status: -1 | 0 | 1 | 2 | 3 = 2, enabled = true) => ({
  ...{ id: "o", type, status, enabled },
});
const all = [0, 1, 4, 9, 19].map((type) => policy(type));

describe("policies that bind a member", () => {
  it.each([
    ["an owner", member(0), [1]],
    ["an admin", member(1), [1, 9]],
    ["a user", member(2), [0, 1, 9]],
    ["somebody who has accepted", member(2, 1), [0, 1, 9]],
    ["somebody invited", member(2, 0), []],
    ["somebody revoked", member(2, -1), []],
    ["a member of a disabled organization", member(2, 2, false), []],
  ] as const)("%s", (_, membership, expected) => {
    expect(bindingPolicies(membership, all)).toEqual(expected);
  });

  it("are those of the organization that are on", () => {
    const policies = [policy(1, { enabled: false }), policy(2, { organizationId: "other" }), policy(99)];
    expect(bindingPolicies(member(2), policies)).toEqual([]);
  });
});
