import { describe, expect, it } from "vitest";
import type { Member } from "@/api";
import { accessOf, firstAccess, levelOf, levels } from "./levels";

describe("access to a collection", () => {
  it.each(levels)("%s survives the wire", (level) => {
    expect(levelOf(accessOf("m1", level))).toBe(level);
  });

  it("that may manage is never shown as less", () => {
    expect(levelOf({ readOnly: true, hidePasswords: true, manage: true })).toBe("manage");
  });

  it("of a new collection goes to the owners", () => {
    const member = (id: string, type: Member["type"]) => ({ id, type }) as Member;
    const got = firstAccess([member("owner", 0), member("admin", 1), member("user", 2)]);
    expect(got).toEqual([{ id: "owner", readOnly: false, hidePasswords: false, manage: true }]);
  });
});
