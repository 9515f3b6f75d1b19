import { describe, expect, it } from "vitest";
import { asksForAnything, filterOf, queryOf } from "./filter";

describe("a search over all clients", () => {
  it("reads the address, without what it says wrongly", () => {
    expect(filterOf({ q: "ida", status: "1,9,x,-1", role: "0", twoStep: "maybe", clients: "a,,b" })).toEqual({
      text: "ida",
      statuses: [1, -1],
      types: [0],
      twoStep: undefined,
      clients: ["a", "b"],
    });
  });

  it("asks the server in its own words", () => {
    const filter = filterOf({ q: " ida ", status: "0,1", twoStep: "no" });
    expect(queryOf(filter)).toEqual({
      ...{ search: "ida", status: "1,0", type: "", twoStep: "false", client: "" },
    });
  });

  it.each([
    [{}, false],
    [{ q: "  " }, false],
    [{ status: "7" }, false],
    [{ q: "a" }, true],
    [{ status: "0" }, true],
    [{ role: "4" }, true],
    [{ twoStep: "no" }, true],
    [{ clients: "c" }, true],
  ])("%j asks for something: %s", (search, expected) => {
    expect(asksForAnything(filterOf(search))).toBe(expected);
  });
});
