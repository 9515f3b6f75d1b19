import { describe, expect, it } from "vitest";
import { openText } from "../primitives/symmetric";
import { person } from "../testdata/people";
import { confirmMember } from "./confirmMember";
import { createClientKeys, createProviderKey } from "./createKeys";
import { openKeys } from "./openKeys";

const none = { organizations: [], providers: [], clients: [] };

describe("confirmMember", () => {
  it("lets a client's owner open what the technician encrypted", async () => {
    const technician = await person("tech@example.test");
    const owner = await person("owner@example.test");
    const provider = { id: "provider", key: await createProviderKey(technician.ring) };
    const providerKey = (await openKeys(technician.ring, { ...none, providers: [provider] })).providers.get(
      "provider",
    );
    if (!providerKey) throw new Error("the provider was not opened");
    const client = await createClientKeys(technician.ring, providerKey, "Default collection");
    const opened = await openKeys(technician.ring, {
      ...none,
      providers: [provider],
      clients: [{ organizationId: "client", providerId: "provider", key: client.key }],
    });
    const clientKey = opened.clients.get("client");
    if (!clientKey) throw new Error("the client was not opened");

    const key = await confirmMember(technician.ring, clientKey, owner.keys.publicKey);
    expect(key).toMatch(/^4\./);
    const owned = await openKeys(owner.ring, { ...none, organizations: [{ id: "client", key }] });
    const ownerKey = owned.organizations.get("client");
    if (!ownerKey) throw new Error("the owner could not open the organization");
    expect(await openText(owner.ring.key(ownerKey), client.collectionName)).toBe("Default collection");
  });

  it("never hands out the user key", async () => {
    const { ring, userKey, keys } = await person("ann@example.test");
    await expect(confirmMember(ring, userKey, keys.publicKey)).rejects.toMatchObject({ kind: "unsupported" });
  });
});
