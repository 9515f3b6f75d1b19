import { describe, expect, it } from "vitest";
import { newDraft } from "@/crypto";
import type { CollectionId } from "@/crypto/model/ids";
import type { ImportedFile } from "@/features/settings/parts";
import { planOf } from "./plan";

const draft = newDraft("login");
const file: ImportedFile = {
  folders: [{ id: "f", name: "Work" }],
  collections: [
    { id: "c", name: "Network" },
    { id: "d", name: "Network/Routers" },
  ],
  items: [
    { draft, folder: null, collections: ["c", "d"] },
    { draft, folder: "f", collections: [] },
    { draft, folder: null, collections: ["gone"] },
  ],
  skipped: 0,
};
const existing = [{ id: "1" as CollectionId, name: "Network" }];

describe("an import into an organization", () => {
  it("uses collections of the same name, and makes the others", () => {
    expect(planOf(file, { kind: "asInFile" }, existing)).toEqual({
      collections: [
        { id: "1", name: "Network" },
        { id: null, name: "Network/Routers" },
        { id: null, name: "Work" },
      ],
      relations: [
        { key: 0, value: 0 },
        { key: 0, value: 1 },
        { key: 1, value: 2 },
      ],
    });
  });

  it("puts everything into one collection when that is wanted", () => {
    const plan = planOf(file, { kind: "collection", id: "1" as CollectionId }, existing);
    expect(plan.collections).toEqual(existing);
    expect(plan.relations).toEqual([0, 1, 2].map((key) => ({ key, value: 0 })));
  });

  it("or into none", () => {
    expect(planOf(file, { kind: "none" }, existing)).toEqual({ collections: [], relations: [] });
  });
});
