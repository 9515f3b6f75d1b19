import { describe, expect, it } from "vitest";
import type { StaffMember, StaffReach } from "@/api/staff";
import { countsOf, endOfDay, everything, lastDay, mayDo, reachingOf, withoutEnded } from "./model";

const person = (part: Partial<StaffMember>): StaffMember => ({
  ...{ id: "p", userId: "u", type: 1, status: 2, name: "Ada Example", email: "ada@example.test" },
  ...everything,
  ...part,
});

const now = new Date("2027-03-10T12:00:00Z");
const past = "2027-03-01T00:00:00Z";
const soon = "2027-04-01T00:00:00Z";
const late = "2027-09-01T00:00:00Z";
const clients = ["a", "b", "c", "d"].map((id) => ({ id }));
const tags = [
  { id: "t1", name: "Schools", clientIds: ["b", "c"] },
  { id: "t2", name: "Shops", clientIds: ["d"] },
];

describe("filters", () => {
  it("count the team", () => {
    const team = [person({ status: 0 }), person({ status: 1 }), person({}), person({})];
    expect(countsOf(team).map(({ count }) => count)).toEqual([4, 1, 1]);
  });
});

describe("acts", () => {
  it.each([
    ["resend", { status: 0, userId: null }, true],
    ["resend", { status: 1 }, false],
    ["confirm", { status: 1 }, true],
    ["confirm", { status: 2 }, false],
    ["remove", {}, true],
    ["remove", { userId: "self" }, false],
    ["remove", { userId: null, status: 0 }, true],
    ["offboard", {}, true],
    ["offboard", { userId: null, status: 0 }, false],
    ["offboard", { userId: "self" }, false],
  ] as const)("%s on %j: %s", (act, part, want) => {
    expect(mayDo(act, person(part), "self")).toBe(want);
  });
});

describe("days", () => {
  it("are over when the next one begins, in the time of the place", () => {
    expect(new Date(endOfDay("2027-12-31"))).toEqual(new Date(2028, 0, 1));
  });

  it.each(["2027-12-31", "2028-02-29", "2027-03-28", "2027-10-31"])("%s comes back", (day) => {
    expect(lastDay(endOfDay(day))).toBe(day);
  });
});

describe("reach", () => {
  const brief = (part: Partial<StaffReach>) => {
    const { all, ended, count, byName, byTag, ends } = reachingOf(
      { ...everything, ...part },
      clients,
      tags,
      now,
    );
    return { all, ended, count, byName, byTag, ends };
  };

  it.each([
    ["everything", {}, { all: true, ended: false, count: 4, byName: 0, byTag: 0, ends: null }],
    ["until a day", { until: soon }, { all: true, ended: false, count: 4, byName: 0, byTag: 0, ends: soon }],
    ["that is over", { until: past }, { all: true, ended: true, count: 0, byName: 0, byTag: 0, ends: null }],
    [
      "nothing yet",
      { assigned: true },
      { all: false, ended: false, count: 0, byName: 0, byTag: 0, ends: null },
    ],
    [
      "clients and tags, each counted once",
      {
        assigned: true,
        clients: [
          { id: "a", until: late },
          { id: "b", until: null },
          { id: "gone", until: null },
        ],
        tags: [{ id: "t1", until: soon }],
      },
      { all: false, ended: false, count: 3, byName: 2, byTag: 1, ends: soon },
    ],
    [
      "parts that are over",
      {
        assigned: true,
        clients: [{ id: "a", until: past }],
        tags: [
          { id: "t1", until: past },
          { id: "t2", until: null },
        ],
      },
      { all: false, ended: false, count: 1, byName: 0, byTag: 1, ends: null },
    ],
  ] as const)("%s", (_, part, want) => {
    expect(brief(part)).toEqual(want);
  });

  it("forgets what is over", () => {
    const reach: StaffReach = {
      assigned: true,
      until: null,
      clients: [
        { id: "a", until: past },
        { id: "b", until: soon },
      ],
      tags: [{ id: "t1", until: past }],
    };
    expect(withoutEnded(reach, now)).toEqual({ ...reach, clients: [{ id: "b", until: soon }], tags: [] });
  });
});
