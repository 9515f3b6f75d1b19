import { describe, expect, it } from "vitest";
import { flat, parentNameOf, treeOf } from "./tree";

const named = (...names: string[]) => names.map((name, at) => ({ id: String(at), name }));
const drawn = (names: string[], isOpen?: (id: string) => boolean) =>
  flat(treeOf(named(...names)), isOpen).map(({ node, depth }) => `${"  ".repeat(depth)}${node.label}`);

describe("the tree of collections", () => {
  it("is made by slashes in the names", () => {
    expect(drawn(["Network/Routers", "Accounting", "Network", "Network/Routers/Attic"])).toEqual([
      "Accounting",
      "Network",
      "  Routers",
      "    Attic",
    ]);
  });

  it("does not invent collections above", () => {
    expect(drawn(["A/B/C", "A", "X/Y"])).toEqual(["A", "  B/C", "X/Y"]);
  });

  it("sorts as people do", () => {
    expect(drawn(["Floor 10", "floor 2", "Floor 1"])).toEqual(["Floor 1", "floor 2", "Floor 10"]);
  });

  it("shows everything once when names are double", () => {
    expect(drawn(["A", "A", "A/B"])).toEqual(["A", "  B", "A"]);
  });

  it("leaves out what is folded", () => {
    expect(drawn(["A", "A/B", "C"], (id) => id !== "0")).toEqual(["A", "C"]);
  });

  it("takes no slash at the ends for a parent", () => {
    expect(parentNameOf("/A", new Set([""]))).toBeNull();
    expect(drawn(["/A", "B/"])).toEqual(["/A", "B/"]);
  });
});
