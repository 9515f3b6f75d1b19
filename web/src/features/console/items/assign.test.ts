import { describe, expect, it } from "vitest";
import { assigned } from "./assign";

describe("the collections of an item", () => {
  it.each([
    ["add", ["a", "b", "c"]],
    ["replace", ["b", "c"]],
    ["remove", ["a"]],
  ] as const)("after %s", (mode, after) => {
    expect(assigned(["a", "b"], ["b", "c"], mode)).toEqual(after);
  });
});
