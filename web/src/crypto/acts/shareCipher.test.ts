import { describe, expect, it } from "vitest";
import { importKey, newKeyBytes, openBytes, sealBytes, sealText } from "../primitives/symmetric";
import { drafts, stored } from "../testdata/items";
import { first } from "../testdata/vectors";
import { openCipher } from "./openCipher";
import { sealCipher } from "./sealCipher";
import { shareCipher } from "./shareCipher";

const newKey = () => importKey(newKeyBytes());

describe("shareCipher", () => {
  it.each(drafts.flatMap((draft) => [true, false].map((itemKey) => ({ draft, itemKey, type: draft.type }))))(
    "$type, with a key of its own: $itemKey",
    async ({ draft, itemKey }) => {
      const [user, organization] = [await newKey(), await newKey()];
      const personal = stored(await sealCipher(draft, user, { itemKey }));
      const shared = await shareCipher(personal, user, organization, "org");
      expect(shared).toMatchObject({ organizationId: "org", lastKnownRevisionDate: personal.revisionDate });
      const { organizationId: _, ...content } = draft;
      expect(await openCipher(stored(shared), organization)).toMatchObject(content);
      await expect(
        openCipher(stored(shared), user).then(({ broken }) => {
          if (broken.includes("name")) throw new Error("not readable any more");
        }),
      ).rejects.toThrow();
    },
  );

  it("re-wraps the key of an attachment", async () => {
    const [user, organization] = [await newKey(), await newKey()];
    const bytes = newKeyBytes();
    const cipher = {
      ...stored(await sealCipher(first(drafts), user)),
      attachments: [
        { id: "a", size: "65", fileName: await sealText(user, "f.txt"), key: await sealBytes(user, bytes) },
      ],
    };
    const shared = await shareCipher(cipher, user, organization, "org");
    expect(await openBytes(organization, shared.attachments2?.a?.key ?? "")).toEqual(bytes);
  });

  it("refuses to lose a damaged field or a file of the oldest format", async () => {
    const [user, organization] = [await newKey(), await newKey()];
    const cipher = stored(await sealCipher(first(drafts), user));
    const damaged = { ...cipher, notes: await sealText(organization, "x") };
    await expect(shareCipher(damaged, user, organization, "org")).rejects.toThrow(/damaged/);
    const old = { ...cipher, attachments: [{ id: "a", size: "65", fileName: cipher.name ?? damaged.notes }] };
    await expect(shareCipher(old, user, organization, "org")).rejects.toThrow(/oldest/);
  });
});
