import { describe, expect, it } from "vitest";
import { overviewClient } from "../overview/testdata";
import { inView, isFiltered, searchOf, viewOf } from "./view";

const everything = viewOf({});

describe("the address of the overview", () => {
  it.each([[{}], [{ need: "drift", sort: "-seats" }], [{ tags: "one,two", plan: "19" }]])(
    "%o survives being read and written",
    (search) => {
      const written = Object.fromEntries(Object.entries(searchOf(viewOf(search))).filter(([, text]) => text));
      expect(written).toEqual(search);
    },
  );

  it("leaves the usual order of a table out of the address, and no other", () => {
    expect(viewOf({}, "-health").sort).toEqual({ id: "health", descending: true });
    expect(searchOf(viewOf({}, "-health"), "-health").sort).toBeUndefined();
    expect(searchOf(viewOf({ sort: "name" }, "-health"), "-health").sort).toBe("name");
  });

  it("takes no notice of what it does not know", () => {
    expect(viewOf({ need: "everything", plan: "x", tags: ",," })).toEqual(everything);
    expect(isFiltered(everything)).toBe(false);
  });
});

describe("inView", () => {
  const bakery = overviewClient({ name: "Example Bakery", tags: ["food", "north"], alerts: ["drift"] });
  it.each([
    [{}, true],
    [{ need: "drift" }, true],
    [{ need: "suspended" }, false],
    [{ tags: "south,north" }, true],
    [{ tags: "south" }, false],
    [{ plan: "17" }, true],
    [{ plan: "19" }, false],
    [{ need: "drift", tags: "food", plan: "19" }, false],
  ])("with %o is %s", (search, want) => {
    expect(inView(bakery, viewOf(search))).toBe(want);
  });

  it.each([
    ["", true],
    [" BAKE ", true],
    ["butcher", false],
  ])("searched for %o is %s", (query, want) => {
    expect(inView(bakery, everything, query)).toBe(want);
  });
});
