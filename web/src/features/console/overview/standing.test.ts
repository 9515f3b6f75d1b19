import { describe, expect, it } from "vitest";
import type { Member } from "@/api";
import { overviewOf, seatsLeft } from "./standing";

const now = Date.parse("2026-05-10T12:00:00Z");
const member = (over: Partial<Member>) =>
  ({ type: 2, status: 2, twoFactorEnabled: false, creationDate: "2026-05-09T12:00:00Z", ...over }) as Member;

describe("the overview", () => {
  const people = [
    member({ type: 0, twoFactorEnabled: true }),
    member({}),
    member({ status: 1 }),
    member({ status: 0 }),
    member({ status: 0, creationDate: "2026-05-01T12:00:00Z" }),
    member({ status: 0, creationDate: "2026-05-01T12:00:00Z", revisionDate: "2026-05-09T12:00:00Z" }),
    member({ status: -1, type: 0 }),
    member({ status: 3 }),
  ];

  it("counts what waits, and how the people stand", () => {
    expect(overviewOf(people, now)).toEqual({
      waiting: 1,
      invited: 3,
      expired: 1,
      members: 2,
      occupied: 6,
      withoutTwoStep: 1,
      owners: 1,
    });
  });

  it("knows how many seats are left", () => {
    expect(seatsLeft(10, people)).toBe(4);
    expect(seatsLeft(3, people)).toBe(0);
    expect(seatsLeft(null, people)).toBeNull();
  });
});
