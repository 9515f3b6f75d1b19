import { describe, expect, it } from "vitest";
import type { EncText, GroupDetails, MemberReach } from "@/api";
import { knownItems, viaGroups } from "./rotation";

const item = (id: string, over: Partial<MemberReach["items"][number]> = {}) => ({
  id,
  collectionIds: ["c1"],
  viewPassword: true,
  edit: false,
  lastUsed: null,
  ...over,
});

describe("what somebody who leaves may know", () => {
  const names = new Map(
    ["Alarm", "Bank", "Camera", "Door"].map((name) => [name.charAt(0), { name, subtitle: "user" }]),
  );

  it("lists passwords that could be read first, and among them what was used last", () => {
    const reach: MemberReach = {
      collections: [],
      items: [
        item("A"),
        item("B", { viewPassword: false, lastUsed: "2026-05-05T00:00:00Z" }),
        item("C", { lastUsed: "2026-05-01T00:00:00Z" }),
        item("D", { lastUsed: "2026-05-02T00:00:00Z" }),
      ],
    };
    expect(knownItems(reach, names, new Map()).map(({ name }) => name)).toEqual([
      "Door",
      "Camera",
      "Alarm",
      "Bank",
    ]);
  });

  it("names collections, and leaves out what cannot be named", () => {
    const reach: MemberReach = { collections: [], items: [item("X", { collectionIds: ["c1", "c2", "c3"] })] };
    const [got] = knownItems(
      reach,
      names,
      new Map([
        ["c1", "Ovens"],
        ["c3", "Shop"],
      ]),
    );
    expect(got).toMatchObject({ name: null, collections: "Ovens, Shop" });
  });

  it("tells by which group a collection is reached", () => {
    const groups = [
      { id: "g1", name: "Bakers" },
      { id: "g2", name: "Sales" },
    ] as unknown as GroupDetails[];
    const row = {
      id: "c",
      name: "" as unknown as EncText,
      readOnly: false,
      hidePasswords: false,
      manage: false,
    };
    expect(viaGroups({ ...row, direct: false, groupIds: ["g2", "g1"] }, groups)).toBe("Bakers, Sales");
    expect(viaGroups({ ...row, direct: true, groupIds: ["g1"] }, groups)).toBe("");
  });
});
