import { describe, expect, it } from "vitest";
import { sha256, toHex, utf8 } from "../primitives/bytes";
import { quickKdf } from "../testdata/people";
import { vectors } from "../testdata/vectors";
import { openExport, sealExport } from "./protectedExport";

describe("a password-protected export", () => {
  it.each(vectors.passwordProtectedExport)("of the official client opens", async (vector) => {
    const json = await openExport(vector.exportFile, vector.password);
    expect(toHex(await sha256(utf8(json)))).toBe(vector.plaintextSha256Hex);
  });

  it.each([quickKdf, { type: "argon2id", iterations: 2, memory: 16, parallelism: 1 } as const])(
    "of ours comes back, with %o",
    async (kdf) => {
      const file = await sealExport('{"items":[]}', { password: "p", kdf });
      expect(await openExport(JSON.parse(JSON.stringify(file)), "p")).toBe('{"items":[]}');
      await expect(openExport(file, "q")).rejects.toMatchObject({ kind: "wrongPassword" });
    },
  );
});
