import { describe, expect, it } from "vitest";
import type { CipherRecord, EncryptedAttachment } from "../model/encrypted";
import { utf8 } from "../primitives/bytes";
import { sealFile } from "../primitives/encFile";
import { importKey, newKeyBytes, type SymmetricKey, sealText } from "../primitives/symmetric";
import { drafts, stored } from "../testdata/items";
import { first } from "../testdata/vectors";
import { createAttachment, openAttachment, sealAttachment, sealAttachmentName } from "./attachment";
import { openCipher } from "./openCipher";
import { sealCipher } from "./sealCipher";
import { shareCipher } from "./shareCipher";

const newKey = () => importKey(newKeyBytes());
const file = () => new Blob(["one line\n"]);

async function attached(owner: SymmetricKey, itemKey: boolean) {
  const cipher = stored(await sealCipher(first(drafts), owner, { itemKey }));
  const { key, fileName } = await createAttachment(cipher, owner, "Report.pdf");
  const body = await sealAttachment(cipher, owner, key, file());
  const attachment: EncryptedAttachment = { id: "a", key, fileName, size: String(body.size) };
  return { cipher: { ...cipher, attachments: [attachment] } satisfies CipherRecord, attachment, body };
}

describe.each([false, true])("attachments of an item with a key of its own: %s", (itemKey) => {
  it("are written and read", async () => {
    const owner = await newKey();
    const { cipher, attachment, body } = await attached(owner, itemKey);
    expect(body.type).toBe("application/octet-stream");
    expect(await body.text()).not.toContain("one line");
    const opened = await openAttachment(cipher, owner, attachment, body);
    expect(await opened.text()).toBe("one line\n");
    expect((await openCipher(cipher, owner)).attachments).toEqual([
      { id: "a", fileName: "Report.pdf", size: body.size, old: false },
    ]);
  });

  it("are opened by the new owner after sharing, and keep their names", async () => {
    const [user, organization] = [await newKey(), await newKey()];
    const { cipher, body } = await attached(user, itemKey);
    const shared = await shareCipher(cipher, user, organization, "org");
    const moved = shared.attachments2?.a;
    if (!moved?.key) throw new Error("the attachment has no key");
    const attachment = { id: "a", size: "1", key: moved.key, fileName: moved.fileName };
    const record = { ...stored(shared), attachments: [attachment] };
    const opened = await openAttachment(record, organization, attachment, body);
    expect(await opened.text()).toBe("one line\n");
    expect((await openCipher(record, organization)).attachments).toMatchObject([{ fileName: "Report.pdf" }]);
  });

  it("get another name, which an edit of the item keeps", async () => {
    const owner = await newKey();
    const { cipher, attachment } = await attached(owner, itemKey);
    const fileName = await sealAttachmentName(cipher, owner, "Renamed.pdf");
    const renamed = { ...cipher, attachments: [{ ...attachment, fileName }] };
    expect((await openCipher(renamed, owner)).attachments).toMatchObject([{ fileName: "Renamed.pdf" }]);
    const edited = await sealCipher(await openCipher(renamed, owner), owner, { existing: renamed });
    expect(edited.attachments2).toEqual({ a: { fileName, key: attachment.key } });
  });

  it("of the oldest format are under the owner's key itself", async () => {
    const owner = await newKey();
    const { cipher, attachment } = await attached(owner, itemKey);
    const old = { ...attachment, key: null };
    const body = new Blob([await sealFile(owner, utf8("old"))]);
    expect(await (await openAttachment(cipher, owner, old, body)).text()).toBe("old");
    const record = { ...cipher, attachments: [old] };
    expect((await openCipher(record, owner)).attachments).toMatchObject([{ old: true }]);
  });

  it("do not open with another key", async () => {
    const owner = await newKey();
    const { cipher, attachment, body } = await attached(owner, itemKey);
    await expect(openAttachment(cipher, await newKey(), attachment, body)).rejects.toMatchObject({
      kind: "undecryptable",
    });
    const fileName = await sealText(await newKey(), "x");
    const record = { ...cipher, attachments: [{ ...attachment, fileName }] };
    expect((await openCipher(record, owner)).broken).toEqual(["attachments.a"]);
  });
});
