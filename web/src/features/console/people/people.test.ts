import { describe, expect, it } from "vitest";
import type { GroupDetails, Member } from "@/api";
import { Rights } from "../rights";
import { countsOf, inFilter, matches, mayDo, memberActs, reachedCollections } from "./people";

const member = (over: Partial<Member>) =>
  ({
    id: "m",
    userId: "u",
    type: 2,
    status: 2,
    name: null,
    email: "x@example.test",
    collections: [],
    groups: [],
    ...over,
  }) as Member;
const access = (id: string) => ({ id, readOnly: false, hidePasswords: false, manage: false });
const settings = { enabled: true };
const owner = new Rights({ by: "membership", role: 0, permissions: {} }, settings);
const admin = new Rights({ by: "membership", role: 1, permissions: {} }, settings);

describe("the list of people", () => {
  const people = [member({}), member({ status: 0 }), member({ status: 0 }), member({ status: -1 })];

  it("counts each toggle, and shows the staged ones only where there are some", () => {
    const counts = (list: Member[]) => countsOf(list).map(({ filter, count }) => `${filter} ${count}`);
    expect(counts(people)).toEqual(["all 4", "invited 2", "waiting 0", "revoked 1"]);
    expect(counts([member({ status: 3 })])).toContain("staged 1");
  });

  it("shows those of the toggle", () => {
    expect(people.filter((one) => inFilter(one, "invited"))).toHaveLength(2);
    expect(people.filter((one) => inFilter(one, "waiting"))).toHaveLength(0);
  });

  it.each([
    ["ada", true],
    ["EXAMPLE.TEST", true],
    [" lace ", true],
    ["otto", false],
  ])("finds %j: %s", (query, expected) => {
    expect(matches(member({ name: "Ada Lovelace" }), query)).toBe(expected);
  });
});

describe("what can be done to somebody", () => {
  const what = (over: Partial<Member>, rights = owner) =>
    memberActs.filter((act) => mayDo(act, member(over), rights, "me")).join(" ");
  it.each<[string, Partial<Member>, string]>([
    ["who is invited", { status: 0, userId: null }, "resend revoke remove"],
    ["who has accepted", { status: 1 }, "confirm revoke remove"],
    ["who is confirmed", { status: 2 }, "revoke remove"],
    ["who is revoked", { status: -1 }, "restore remove"],
    ["who is oneself", { status: 2, userId: "me" }, ""],
  ])("%s", (_, over, expected) => {
    expect(what(over)).toBe(expected);
  });

  it("ends at those above", () => {
    expect(what({ type: 0 }, admin)).toBe("");
    expect(what({ type: 1 }, admin)).toBe("revoke remove");
  });
});

describe("what people reach together", () => {
  it("counts each collection once, whichever way leads to it", () => {
    const groups = [{ id: "g", collections: [access("b"), access("c")] }] as unknown as GroupDetails[];
    const people = [
      member({ collections: [access("a"), access("b")] }),
      member({ groups: ["g"] }),
      member({ groups: ["unknown"], collections: null }),
    ];
    expect([...reachedCollections(people, groups)].sort()).toEqual(["a", "b", "c"]);
  });
});
