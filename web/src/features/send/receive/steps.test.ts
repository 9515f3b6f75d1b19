import { describe, expect, it } from "vitest";
import type { SendAccess, SendProof } from "@/api/sendAccess";
import { isWhole, mayRepeat, type Step, stepAfter } from "./steps";

const none: SendProof = { kind: "none" };
const email: SendProof = { kind: "email", email: "a@example.test" };
const code: SendProof = { kind: "code", email: "a@example.test", code: "1" };

describe("opening a Send", () => {
  it.each<[SendAccess["kind"], SendProof, Step | null]>([
    ["granted", none, null],
    ["gone", none, { kind: "gone" }],
    ["needsPassword", none, { kind: "password", wrong: false }],
    ["wrongPassword", { kind: "password", hash: "h" }, { kind: "password", wrong: true }],
    ["needsEmail", none, { kind: "email" }],
    ["needsCode", email, { kind: "code", email: "a@example.test", wrong: false }],
    ["needsCode", code, { kind: "code", email: "a@example.test", wrong: true }],
    ["needsCode", none, { kind: "email" }],
  ])("after %s with %j", (kind, proof, want) => {
    expect(stepAfter({ kind, token: "t" } as SendAccess, proof)).toEqual(want);
  });

  it.each([
    ["ct2APRQtJk-BLLDwAYqhRA", "Pgui0FK85cNhBGWHAlBHBw", true],
    ["ct2APRQtJk-BLLDwAYqhRA", "Pgui0FK85cNhBGWHAlBHBw==", true],
    ["ct2APRQtJk-BLLDwAYqhRA", "Pgui0FK85cNhBGWHAlB", false],
    ["ct2APRQtJk-BLLDwAYqhRA", "Pgui0FK85cNhBGWHAlBHBwA", false],
    ["ct2APRQtJk-BLLDwAYqhRA", "Pgui0FK85cNhBG HAlBHBw", false],
    ["a b", "Pgui0FK85cNhBGWHAlBHBw", false],
    ["", "", false],
  ])("takes %j %j for whole: %s", (accessId, linkKey, want) => {
    expect(isWhole(accessId, linkKey)).toBe(want);
  });

  it("asks again by itself only for what is still good", () => {
    expect([none, { kind: "password", hash: "h" } as const, email, code].map(mayRepeat)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
