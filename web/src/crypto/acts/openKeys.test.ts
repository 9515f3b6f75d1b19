import { describe, expect, it } from "vitest";
import type { EncText } from "../model/encrypted";
import { openText, sealText } from "../primitives/symmetric";
import { password, person } from "../testdata/people";
import { first, kdfOf, vectors } from "../testdata/vectors";
import { createClientKeys, createOrganizationKeys, createProviderKey } from "./createKeys";
import { Keyring } from "./keyring";
import { openKeys } from "./openKeys";
import { unlockWithPassword } from "./unlockWithPassword";

const none = { organizations: [], providers: [], clients: [] };

describe("openKeys", () => {
  it("opens the organization of the vectors and its items' names", async () => {
    const account = first(vectors.fromScratchAccount);
    const ring = new Keyring();
    await unlockWithPassword(ring, account.password, {
      kdf: kdfOf(account.kdf),
      salt: account.salt,
      wrappedUserKey: account.wrappedUserKey,
      wrappedPrivateKey: account.privateKey,
      publicKey: account.publicKeyB64,
    });
    const opened = await openKeys(ring, {
      ...none,
      organizations: [{ id: account.orgId, key: account.orgKeyForUser }],
    });
    const handle = opened.organizations.get(account.orgId);
    if (!handle) throw new Error("the organization was not opened");
    const item = account.ciphers.find(({ organizationId, key }) => organizationId && !key);
    expect(await openText(ring.key(handle), item?.name ?? "")).toBe(account.expected.name);
  });

  it("walks private key, provider key, client key", async () => {
    const { ring } = await person("tech@example.test");
    const provider = { id: "provider", key: await createProviderKey(ring) };
    const providers = (await openKeys(ring, { ...none, providers: [provider] })).providers;
    const providerKey = providers.get("provider");
    if (!providerKey) throw new Error("the provider was not opened");

    const client = await createClientKeys(ring, providerKey, "Default collection");
    expect(client.key).toMatch(/^2\./);
    const opened = await openKeys(ring, {
      ...none,
      providers: [provider],
      clients: [{ organizationId: "client", providerId: "provider", key: client.key }],
    });
    expect(opened.failed).toEqual([]);
    const clientKey = opened.clients.get("client");
    if (!clientKey) throw new Error("the client was not opened");
    expect(await openText(ring.key(clientKey), client.collectionName)).toBe("Default collection");
    expect((await openText(ring.key(clientKey), client.keyPair.encryptedPrivateKey)).length).toBeGreaterThan(
      100,
    );
  });

  it("opens an organization of one's own", async () => {
    const { ring } = await person("owner@example.test");
    const mine = await createOrganizationKeys(ring, "General");
    const opened = await openKeys(ring, { ...none, organizations: [{ id: "mine", key: mine.key }] });
    const handle = opened.organizations.get("mine");
    if (!handle) throw new Error("the organization was not opened");
    expect(await openText(ring.key(handle), mine.collectionName)).toBe("General");
  });

  it("reports a damaged key and opens the rest", async () => {
    const { ring, userKey } = await person("ann@example.test");
    const good = await createOrganizationKeys(ring, "General");
    const wrong = await sealText(ring.key(userKey), password);
    const opened = await openKeys(ring, {
      organizations: [
        { id: "good", key: good.key },
        { id: "bad", key: wrong },
      ],
      providers: [{ id: "gone", key: "4.AAAA" as EncText }],
      clients: [{ organizationId: "orphan", providerId: "gone", key: wrong }],
    });
    expect([...opened.organizations.keys()]).toEqual(["good"]);
    expect([...opened.failed].sort()).toEqual(["bad", "gone", "orphan"]);
  });
});
