import { expect, it } from "vitest";
import { fromBase64 } from "../primitives/bytes";
import { importKey } from "../primitives/symmetric";
import { vectors } from "../testdata/vectors";
import { openCollection, openFolder } from "./openNames";

it.each(vectors.folder)("opens the folder $namePlain", async ({ keyB64, name, namePlain }) => {
  const folder = { id: "f", name, revisionDate: "2026-01-01T00:00:00Z" };
  const view = await openFolder(folder, await importKey(fromBase64(keyB64)));
  expect(view).toEqual({ id: "f", name: namePlain, revisionDate: folder.revisionDate, broken: false });
  expect(await openFolder(folder, await importKey(new Uint8Array(64)))).toMatchObject({
    name: "",
    broken: true,
  });
});

it.each(vectors.collection)("opens the collection $namePlain", async (vector) => {
  const key = await importKey(fromBase64(vector.organizationKeyB64));
  const view = await openCollection({ id: "c", organizationId: "o", name: vector.name, type: 1 }, key);
  expect(view).toMatchObject({ name: vector.namePlain, isDefault: true, manage: false, broken: false });
});
