import { describe, expect, it } from "vitest";
import { isBelow, joined, partsOf } from "./names";

describe("the name of a nested collection", () => {
  const names = ["A", "A/B", "A/B/C", "X/Y"];

  it.each([
    ["A", { above: "", own: "A" }],
    ["A/B/C", { above: "A/B", own: "C" }],
    ["X/Y", { above: "", own: "X/Y" }],
  ])("%s has two parts that make it again", (name, parts) => {
    expect(partsOf(name, names)).toEqual(parts);
    expect(joined(parts.above, parts.own)).toBe(name);
  });

  it("tells what is below it", () => {
    expect(isBelow("A/B", "A")).toBe(true);
    expect(isBelow("AB", "A")).toBe(false);
  });
});
