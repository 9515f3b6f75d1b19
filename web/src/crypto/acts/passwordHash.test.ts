import { expect, it } from "vitest";
import { first, kdfOf, vectors } from "../testdata/vectors";
import { passwordHash } from "./passwordHash";

it("proves the password as the server knows it", async () => {
  const { password, salt, kdf, authHash } = first(vectors.fromScratchAccount);
  expect(await passwordHash({ password, salt, kdf: kdfOf(kdf) })).toBe(authHash);
});
