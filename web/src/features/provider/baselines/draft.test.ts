import { describe, expect, it } from "vitest";
import type { Baseline } from "@/api/baselines";
import {
  draftOf,
  emptyDraft,
  hasWrong,
  missingNeeds,
  moved,
  policyChoice,
  requestOf,
  settingChoice,
  withData,
  withPolicy,
  withSetting,
  wrongFields,
} from "./draft";

const baseline: Baseline = {
  ...{ id: "b", name: "Standard", description: "For everybody", rank: 1, mayDeviate: true },
  settings: { limitItemDeletion: true },
  policies: [
    { type: 3, enabled: true, data: null },
    { type: 1, enabled: true, data: { minLength: 16 } },
    { type: 6, enabled: false, data: null },
  ],
  ...{ clientIds: [], tagIds: [], governs: 0, drifted: 0, revisionDate: "2026-01-01T00:00:00Z" },
};

describe("the draft of a baseline", () => {
  it("is sent as it was loaded", () => {
    const { policies, ...rest } = requestOf(draftOf(baseline), baseline.revisionDate);
    expect(rest).toEqual({
      name: "Standard",
      description: "For everybody",
      mayDeviate: true,
      settings: { limitItemDeletion: true },
      lastKnownRevisionDate: baseline.revisionDate,
    });
    expect([...policies].sort((a, b) => a.type - b.type)).toEqual([
      { type: 1, enabled: true, data: { minLength: 16 } },
      { type: 3, enabled: true, data: null },
      { type: 6, enabled: false, data: null },
    ]);
  });

  it("says nothing about what it leaves open", () => {
    const draft = withSetting(withPolicy(draftOf(baseline), 1, "open"), "limitItemDeletion", "open");
    expect(policyChoice(draft, 1)).toBe("open");
    expect(settingChoice(draft, "limitItemDeletion")).toBe("open");
    const request = requestOf(draft);
    expect(request.settings).toEqual({});
    expect(request.policies.map(({ type }) => type)).not.toContain(1);
  });

  it("begins a policy with what must be said, and keeps it over a change of mind", () => {
    const on = withPolicy(emptyDraft, 1, "on");
    expect(requestOf(on).policies).toEqual([{ type: 1, enabled: true, data: { minLength: 14 } }]);
    const changed = withData(on, 1, { minLength: 20 });
    const again = withPolicy(withPolicy(changed, 1, "off"), 1, "on");
    expect(requestOf(again).policies).toEqual([{ type: 1, enabled: true, data: { minLength: 20 } }]);
    expect(requestOf(withPolicy(changed, 1, "off")).policies).toEqual([
      { type: 1, enabled: false, data: null },
    ]);
  });

  it("names policies that need others", () => {
    const recovery = withPolicy(emptyDraft, 8, "on");
    expect(missingNeeds(recovery, 8)).toEqual([3]);
    expect(missingNeeds(withPolicy(recovery, 3, "off"), 8)).toEqual([3]);
    expect(missingNeeds(withPolicy(recovery, 3, "on"), 8)).toEqual([]);
    expect(missingNeeds(withPolicy(recovery, 8, "off"), 8)).toEqual([]);
  });

  it("knows numbers that are out of bounds, where they count", () => {
    const short = withData(emptyDraft, 1, { minLength: 3 });
    expect(wrongFields(short, 1)).toEqual(["minLength"]);
    expect(hasWrong(short)).toBe(true);
    expect(hasWrong(withPolicy(short, 1, "off"))).toBe(false);
  });

  it("sends names without what surrounds them", () => {
    expect(requestOf({ ...emptyDraft, name: "  A  ", description: " b\n" })).toMatchObject({
      name: "A",
      description: "b",
    });
  });
});

describe("the order of baselines", () => {
  it.each([
    ["b", -1, ["b", "a", "c"]],
    ["b", 1, ["a", "c", "b"]],
    ["a", -1, null],
    ["c", 1, null],
    ["x", 1, null],
  ] as const)("moves %s by %i", (id, by, expected) => {
    expect(moved(["a", "b", "c"], id, by)).toEqual(expected);
  });
});
