import { describe, expect, it } from "vitest";
import type { EncText } from "../model/encrypted";
import type { SendDraft, SendRecord } from "../model/sends";
import { fromBase64, fromBase64Url, utf8 } from "../primitives/bytes";
import { sealedSize } from "../primitives/encFile";
import { sendPasswordHash } from "../primitives/sendKey";
import { importKey, newKeyBytes } from "../primitives/symmetric";
import { vectors } from "../testdata/vectors";
import {
  openListSend,
  openSend,
  proveSendPassword,
  receiveSend,
  receiveSendFile,
  sendLink,
} from "./openSend";
import { authTypeOf, rewrapSend, sealSend, sealSendFile } from "./sealSend";

const draft: SendDraft = {
  type: "text",
  name: "Wi-Fi of the branch",
  notes: "for the new router",
  text: "correct horse",
  hidden: true,
  fileName: "",
  maxAccessCount: 3,
  deletionDate: "2026-06-01T00:00:00Z",
  expirationDate: null,
  protection: { kind: "link" },
  disabled: false,
  hideEmail: true,
};

const newKey = () => importKey(newKeyBytes());
const linkKeyOf = (link: string) => link.split("/")[1] ?? "";

/** What the server makes of a request. */
function stored(sealed: Awaited<ReturnType<typeof sealSend>>, part: Partial<SendRecord> = {}): SendRecord {
  const { password, file, ...rest } = sealed;
  return {
    ...rest,
    id: "s",
    accessId: "access",
    accessCount: 1,
    password: password === null ? null : "set",
    file: file && { id: "f", fileName: file.fileName, size: "113" },
    revisionDate: "2026-05-01T00:00:00Z",
    ...part,
  };
}

const accessTo = (send: SendRecord, sender: string | null = null) => ({
  id: send.accessId,
  type: send.type,
  name: send.name,
  text: send.text ?? null,
  file: send.file ?? null,
  creatorIdentifier: sender,
});

describe("Sends of the official SDK", () => {
  const complete = vectors.send.filter(({ name, text }) => name && text);

  it.each(complete)("reads $namePlain as its owner and as its recipient", async (vector) => {
    const userKey = await importKey(fromBase64(vector.userKeyB64));
    const record = stored(await sealSend(draft, userKey), {
      accessId: vector.accessId ?? "access",
      key: vector.encryptedSeed as EncText,
      name: vector.name as EncText,
      notes: (vector.notes ?? null) as EncText | null,
      text: { text: vector.text as EncText, hidden: false },
    });
    expect(await openSend(record, userKey)).toMatchObject({
      name: vector.namePlain,
      text: vector.textPlain,
      notes: vector.notesPlain ?? "",
    });
    expect(await sendLink(record, userKey)).toBe(`${record.accessId}/${vector.urlKey}`);
    expect(await receiveSend(accessTo(record), vector.urlKey)).toMatchObject({
      name: vector.namePlain,
      text: vector.textPlain,
    });
  });

  it.each(vectors.send.filter(({ passwordPlain }) => passwordPlain))(
    "proves its password",
    async (vector) => {
      const proof = await proveSendPassword(vector.passwordPlain ?? "", vector.urlKey);
      expect(proof).toBe(vector.passwordHashB64);
    },
  );
});

describe("a Send", () => {
  it("comes back to its owner, and to whoever has the link", async () => {
    const userKey = await newKey();
    const sealed = await sealSend(draft, userKey);
    expect(JSON.stringify(sealed)).not.toMatch(/Wi-Fi|horse|router/);
    const record = stored(sealed);
    const { fileName: _, ...said } = draft;
    expect(await openSend(record, userKey)).toMatchObject({ ...said, accessCount: 1 });
    const listed = await openListSend(record, userKey);
    expect(listed).toMatchObject({ name: draft.name, type: "text", broken: false });
    expect(listed).not.toHaveProperty("text");
    const link = await sendLink(record, userKey);
    expect(fromBase64Url(linkKeyOf(link))).toHaveLength(16);
    expect(await receiveSend(accessTo(record, "ann@example.test"), linkKeyOf(link))).toEqual({
      type: "text",
      name: draft.name,
      text: draft.text,
      hidden: true,
      file: null,
      expirationDate: null,
      sender: "ann@example.test",
    });
  });

  it("keeps its link when it is changed", async () => {
    const userKey = await newKey();
    const record = stored(await sealSend(draft, userKey));
    const changed = stored(await sealSend({ ...draft, text: "another" }, userKey, record));
    expect(await sendLink(changed, userKey)).toBe(await sendLink(record, userKey));
    expect(await openSend(changed, userKey)).toMatchObject({ text: "another" });
  });

  it("has a seed of its own", async () => {
    const userKey = await newKey();
    const links = await Promise.all(
      [1, 2].map(async () => sendLink(stored(await sealSend(draft, userKey)), userKey)),
    );
    expect(links[0]).not.toBe(links[1]);
  });

  it.each([
    [{ kind: "link" }, { authType: 2, password: null, emails: null }],
    [
      { kind: "password", password: "" },
      { authType: 1, password: null, emails: null },
    ],
    [
      { kind: "emails", emails: ["a@example.test", "b@example.test"] },
      { authType: 0, password: null, emails: "a@example.test,b@example.test" },
    ],
  ] as const)("says who may open it: %j", async (protection, want) => {
    const sealed = await sealSend({ ...draft, protection }, await newKey());
    expect(sealed).toMatchObject(want);
  });

  it("sends of a password only a hash that takes the seed to make", async () => {
    const userKey = await newKey();
    const sealed = await sealSend({ ...draft, protection: { kind: "password", password: "tulip" } }, userKey);
    const link = await sendLink(stored(sealed), userKey);
    expect(sealed.password).toBe(await sendPasswordHash("tulip", fromBase64Url(linkKeyOf(link))));
    expect(await proveSendPassword("tulip", linkKeyOf(link))).toBe(sealed.password);
    expect(await proveSendPassword("rose", linkKeyOf(link))).not.toBe(sealed.password);
  });

  it("carries a file", async () => {
    const userKey = await newKey();
    const body = utf8("x".repeat(100));
    const sealed = await sealSend({ ...draft, type: "file", fileName: "plan.pdf" }, userKey);
    const file = await sealSendFile(sealed.key, userKey, new Blob([body]));
    expect(file.size).toBe(sealedSize(body.length));
    const record = stored(sealed);
    const linkKey = linkKeyOf(await sendLink(record, userKey));
    expect(await receiveSend(accessTo(record), linkKey)).toMatchObject({
      file: { id: "f", name: "plan.pdf", size: 113 },
    });
    const opened = await receiveSendFile(file, linkKey);
    expect(new Uint8Array(await opened.arrayBuffer())).toEqual(body);
    expect(opened.type).toBe("application/octet-stream");
  });

  it("refuses a file that was changed on the way", async () => {
    const userKey = await newKey();
    const sealed = await sealSend({ ...draft, type: "file", fileName: "plan.pdf" }, userKey);
    const file = new Uint8Array(
      await (await sealSendFile(sealed.key, userKey, new Blob(["abc"]))).arrayBuffer(),
    );
    file[file.length - 1] = (file[file.length - 1] ?? 0) ^ 1;
    const linkKey = linkKeyOf(await sendLink(stored(sealed), userKey));
    await expect(receiveSendFile(new Blob([file]), linkKey)).rejects.toMatchObject({ kind: "undecryptable" });
  });

  it.each(["", "short", "Pgui0FK85cNhBGWHAlBH", "not base64 §"])(
    "refuses the link key %j",
    async (linkKey) => {
      const record = stored(await sealSend(draft, await newKey()));
      await expect(receiveSend(accessTo(record), linkKey)).rejects.toMatchObject({ kind: "undecryptable" });
    },
  );

  it("is listed as broken under another key", async () => {
    const record = stored(await sealSend(draft, await newKey()));
    expect(await openListSend(record, await newKey())).toMatchObject({ id: "s", name: "", broken: true });
  });

  it("goes under a new user key with the same link, and never loses its password", async () => {
    const [from, to] = [await newKey(), await newKey()];
    const protection = { kind: "password", password: "tulip" } as const;
    const record = stored(await sealSend({ ...draft, protection }, from));
    const rewrapped = await rewrapSend(record, from, to);
    expect(rewrapped).toMatchObject({ id: "s", authType: 1, password: null, name: record.name });
    const after = { ...record, key: rewrapped.key };
    expect(await sendLink(after, to)).toBe(await sendLink(record, from));
    expect(await openSend(after, to)).toMatchObject({ text: draft.text });
    await expect(rewrapSend(record, to, from)).rejects.toMatchObject({ kind: "undecryptable" });
  });

  it.each([
    [{ authType: 1 }, 1],
    [{ emails: "a@example.test" }, 0],
    [{ password: "set" }, 1],
    [{}, 2],
  ] as const)("of an older server %j has the protection %d", async (part, want) => {
    const { authType: _, ...record } = stored(await sealSend(draft, await newKey()));
    expect(authTypeOf({ ...record, ...part })).toBe(want);
  });
});
