import { describe, expect, it } from "vitest";
import { cryptoOver } from "./createCrypto";
import { type Endpoint, inProcessEndpoint } from "./endpoint";
import { poolEndpoint, type WorkerLike } from "./pool";
import { type Line, serve } from "./serve";
import { drafts, stored } from "./testdata/items";
import { keysOf, password, quickKdf } from "./testdata/people";
import { first } from "./testdata/vectors";

/** The real worker code at the other end of a MessageChannel instead of in a thread. */
function inThread(): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  serve(port2 as unknown as Line);
  port2.start();
  return Object.assign(port1, { onerror: null, terminate: () => port1.close() }) as unknown as WorkerLike;
}

const endpoints: [string, () => Endpoint][] = [
  ["in process", inProcessEndpoint],
  ["a pool of one", () => poolEndpoint(inThread, 1)],
  ["a pool of three", () => poolEndpoint(inThread, 3)],
];

const salt = "ann@example.test";
const none = { organizations: [], providers: [], clients: [] };

describe.each(endpoints)("%s", (_, endpoint) => {
  async function unlocked() {
    const crypto = cryptoOver(endpoint());
    const keys = keysOf(await crypto.registerAccount({ password, salt, kdf: quickKdf }));
    const started = await crypto.startLogin({ password, salt, kdf: quickKdf });
    return { crypto, keys, ...(await crypto.unlockWithMasterKey(started.masterKey, keys)) };
  }

  it("decrypts in batches, in order, with progress, in whichever worker", async () => {
    const { crypto, userKey } = await unlocked();
    const cipher = stored(await crypto.sealCipher(first(drafts), userKey));
    const many = Array.from({ length: 620 }, (_, i) => ({
      cipher: { ...cipher, id: `${i}` },
      owner: userKey,
    }));
    const progress: number[] = [];
    const items = await crypto.openCipherList(many, { onProgress: (done) => progress.push(done) });
    expect(items.map(({ id }) => id)).toEqual(many.map(({ cipher: { id } }) => id));
    expect(items.every(({ name, broken }) => name === "My login" && !broken)).toBe(true);
    expect(progress.at(-1)).toBe(620);
    expect(progress.length).toBe(3);
    crypto.lock();
  });

  it("puts a vault under a new key in batches, in whichever worker", async () => {
    const { crypto, keys, userKey } = await unlocked();
    const cipher = stored(await crypto.sealCipher(first(drafts), userKey, { itemKey: true }));
    const ciphers = Array.from({ length: 620 }, (_, i) => ({ ...cipher, id: `${i}` }));
    const input = { keys, userKey, password, ciphers, folders: [], recovery: [], sends: [] };
    const rotated = await crypto.rotateUserKey(input);
    expect(rotated.ciphers.map(({ id }) => id)).toEqual(ciphers.map(({ id }) => id));
    const some = rotated.ciphers.filter((_, i) => i % 50 === 0);
    const items = await crypto.openCipherList(
      some.map((each) => ({ cipher: stored(each), owner: rotated.userKey })),
    );
    expect(items.every(({ name, broken }) => name === "My login" && !broken)).toBe(true);
    const onProgress = () => crypto.lock();
    await expect(crypto.rotateUserKey(input, { onProgress })).rejects.toMatchObject({ kind: "locked" });
  });

  it("knows keys that were opened later, everywhere", async () => {
    const { crypto } = await unlocked();
    const mine = await crypto.createOrganizationKeys("General");
    const { organizations } = await crypto.openKeys({ ...none, organizations: [{ id: "o", key: mine.key }] });
    const key = organizations.get("o");
    if (!key) throw new Error("not opened");
    const collection = { id: "c", organizationId: "o", name: mine.collectionName };
    const opened = await Promise.all(
      Array.from({ length: 6 }, () => crypto.openCollections([collection], key)),
    );
    expect(opened.flat().map(({ name }) => name)).toEqual(Array(6).fill("General"));
    crypto.lock();
  });

  it("forgets the keys on lock, rejects what was under way, and starts anew", async () => {
    const { crypto, keys, userKey } = await unlocked();
    const sealed = await crypto.sealName("Work", userKey);
    const pending = crypto.unlockWithPassword(password, keys);
    crypto.lock();
    await expect(pending).rejects.toMatchObject({ kind: "locked" });
    const folder = { id: "f", name: sealed, revisionDate: "" };
    await expect(crypto.openFolders([folder], userKey)).rejects.toMatchObject({ kind: "locked" });
    const again = await crypto.unlockWithPassword(password, keys);
    expect(await crypto.openFolders([folder], again.userKey)).toMatchObject([{ name: "Work" }]);
    crypto.lock();
  });

  it("carries the kind of an error across", async () => {
    const { crypto, keys } = await unlocked();
    await expect(crypto.unlockWithPassword("wrong", keys)).rejects.toMatchObject({
      name: "CryptoError",
      kind: "wrongPassword",
    });
    crypto.lock();
  });

  it("stops between batches when aborted", async () => {
    const { crypto, userKey } = await unlocked();
    const cipher = stored(await crypto.sealCipher(first(drafts), userKey));
    const many = Array.from({ length: 5000 }, () => ({ cipher, owner: userKey }));
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await expect(
      crypto.openCipherList(many, { signal: controller.signal, onProgress }),
    ).rejects.toMatchObject({ kind: "aborted" });
    crypto.lock();
  });
});

it("starts a new crew after a worker died", async () => {
  const dead: WorkerLike[] = [];
  let spawned = 0;
  const spawn = () => {
    spawned++;
    if (spawned > 2) return inThread();
    const worker: WorkerLike = {
      postMessage: () => undefined,
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
    };
    dead.push(worker);
    return worker;
  };
  const crypto = cryptoOver(poolEndpoint(spawn, 2));
  const waiting = crypto.passwordHash({ password, salt, kdf: quickKdf });
  dead[1]?.onerror?.(new Event("error") as ErrorEvent);
  await expect(waiting).rejects.toThrow(/stopped unexpectedly/);
  expect(await crypto.passwordHash({ password, salt, kdf: quickKdf })).toMatch(/=$/);
  expect(spawned).toBe(4);
  crypto.lock();
});
