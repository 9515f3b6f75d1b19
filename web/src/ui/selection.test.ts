import { describe, expect, it } from "vitest";
import { between } from "./selection";

describe("a range of rows", () => {
  const order = ["a", "b", "c", "d"];
  it.each<[string | null, string, string[]]>([
    ["a", "c", ["a", "b", "c"]],
    ["d", "b", ["b", "c", "d"]],
    ["b", "b", ["b"]],
    [null, "c", ["c"]],
    ["gone", "c", ["c"]],
    ["a", "gone", ["gone"]],
  ])("from %s to %s", (from, to, expected) => {
    expect(between(order, from, to)).toEqual(expected);
  });
});
