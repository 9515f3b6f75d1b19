import { describe, expect, it } from "vitest";
import { changesOf, heldBy } from "./assign";

const bakery = { name: "bakery", tags: ["food", "north"] };
const school = { name: "school", tags: ["north"] };
const office = { name: "office", tags: [] };

describe("heldBy", () => {
  it.each([
    [[bakery, school], "north", "all"],
    [[bakery, school], "food", "some"],
    [[school, office], "food", "none"],
  ])("%o and %s is %s", (clients, tag, want) => {
    expect(heldBy(clients, tag)).toBe(want);
  });
});

describe("changesOf", () => {
  it("leaves alone what nobody decided about", () => {
    expect(changesOf([bakery, school], new Map())).toEqual([]);
  });

  it("adds where it is missing, and writes nothing where it is there", () => {
    expect(changesOf([bakery, school, office], new Map([["food", true]]))).toEqual([
      { client: school, ids: ["north", "food"] },
      { client: office, ids: ["food"] },
    ]);
  });

  it("takes away and gives at once", () => {
    const wishes = new Map([
      ["north", false],
      ["south", true],
    ]);
    expect(changesOf([bakery, office], wishes)).toEqual([
      { client: bakery, ids: ["food", "south"] },
      { client: office, ids: ["south"] },
    ]);
  });

  it("writes nothing for what changes nothing", () => {
    expect(changesOf([office], new Map([["north", false]]))).toEqual([]);
  });
});
