import { describe, expect, it } from "vitest";
import { healthOf, needsOf, peopleOf, twoStepShare, weightOf } from "./health";
import { overviewClient } from "./testdata";

describe("healthOf", () => {
  it.each([
    [[], "good", []],
    [["drift", "confirmations"], "warn", ["confirmations", "drift"]],
    [["outOfSeats", "suspended"], "bad", ["suspended", "outOfSeats"]],
    [["noOwner", "confirmations"], "bad", ["confirmations", "noOwner"]],
    [["somethingNewer"], "good", []],
  ])("of %o is %s", (alerts, mood, reasons) => {
    expect(healthOf({ alerts })).toEqual({ mood, reasons });
  });

  it("puts the gravest above many lesser ones", () => {
    const grave = weightOf(healthOf({ alerts: ["noOwner"] }));
    const many = weightOf(healthOf({ alerts: ["drift", "confirmations", "outOfSeats"] }));
    expect(grave).toBeGreaterThan(many);
    expect(many).toBeGreaterThan(weightOf(healthOf({ alerts: [] })));
  });
});

describe("figures of a client", () => {
  it("gives the share of two-step login in hundredths", () => {
    const members = { invited: 5, accepted: 1, confirmed: 3, revoked: 9, staged: 9 };
    expect(twoStepShare({ members, twoStep: 2 })).toBe(67);
    expect(twoStepShare({ members: { ...members, confirmed: 0 }, twoStep: 0 })).toBeNull();
    expect(peopleOf({ members })).toBe(9);
  });

  it("counts clients, and people who wait", () => {
    const members = (accepted: number) => ({ invited: 0, accepted, confirmed: 1, revoked: 0, staged: 0 });
    const needs = needsOf([
      overviewClient({ alerts: ["confirmations"], members: members(3) }),
      overviewClient({ alerts: ["confirmations", "drift"], members: members(1) }),
      overviewClient({ alerts: ["suspended"] }),
    ]);
    expect(needs).toEqual({
      confirmations: { clients: 2 },
      outOfSeats: { clients: 0 },
      drift: { clients: 1 },
      suspended: { clients: 1 },
      noOwner: { clients: 0 },
      waiting: 4,
    });
  });
});
