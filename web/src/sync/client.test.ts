import { describe, expect, it } from "vitest";
import { openKeys } from "@/crypto/acts/openKeys";
import { newDraft } from "@/crypto/model/draft";
import { openText } from "@/crypto/primitives/symmetric";
import { person } from "@/crypto/testdata/people";
import { loggedIn } from "./testdata/core";

async function withClient() {
  const started = await loggedIn();
  const { core } = started;
  await core.provider.setup("p", { name: "Invented MSP", billingEmail: "b@example.test", token: "t" });
  const created = await core.provider.createClient("p", {
    name: "First client",
    ownerEmail: "owner@example.test",
    planType: 17,
    seats: 5,
    collectionName: "Default collection",
  });
  const { organizationId } = created;
  return {
    ...started,
    client: core.clientVault(organizationId),
    organizationId,
    collection: async (name: string) => {
      const sealed = await core.crypto.sealName(name, await core.vault.clientKey(organizationId));
      const request = { name: sealed, users: [], groups: [] };
      return (await core.api.organizations.createCollection(organizationId, request)).id;
    },
  };
}

const named = (name: string, collectionIds: string[] = []) => ({
  ...newDraft("secureNote"),
  name,
  collectionIds,
});

describe("a client of a provider", () => {
  it("is reached by way of the provider key and kept apart from the own vault", async () => {
    const { core, client, organizationId, ...made } = await withClient();
    await core.vault.createItem(named("mine"));
    const collection = await made.collection("Servers");
    const id = await client.createItem(named("router", [collection]));
    await client.load();
    expect(client.getSnapshot()).toMatchObject({
      organizationId,
      status: { kind: "ready" },
      collections: [{ id: collection, name: "Servers" }],
    });
    expect(await client.openItem(id)).toMatchObject({ name: "router", collectionIds: [collection] });
    await core.vault.sync();
    expect(core.vault.getSnapshot().items.map(({ name }) => name)).toEqual(["mine"]);
    expect(core.vault.getSnapshot().providerOrganizations).toMatchObject([{ name: "First client" }]);
  });

  it("never opens an item of another organization with this client's key", async () => {
    const { core, client, server } = await withClient();
    const id = await core.vault.createItem(named("mine"));
    await client.load();
    // The server of this test answers with everything it has.
    expect(server.ciphers.has(id)).toBe(true);
    expect(client.getSnapshot().items).toMatchObject([{ id, broken: true, name: "" }]);
    await expect(client.openItem(id)).rejects.toMatchObject({ status: 404 });
  });

  it("edits, moves between collections, trashes, restores and deletes by the admin routes", async () => {
    const { client, server, organizationId, collection } = await withClient();
    const one = await collection("One");
    const two = await collection("Two");
    const id = await client.createItem(named("router", [one]));
    await client.updateItem(id, { ...(await client.openItem(id)), name: "switch", collectionIds: [two] });
    expect(client.getSnapshot().items).toMatchObject([{ name: "switch", collectionIds: [two] }]);
    await client.trashItems([id]);
    expect(client.getSnapshot().items).toMatchObject([{ deletedDate: expect.any(String) }]);
    await client.restoreItems([id]);
    expect(client.getSnapshot().items).toMatchObject([{ deletedDate: null }]);
    await client.deleteItems([id]);
    expect(client.getSnapshot().items).toEqual([]);
    const paths = server.calls.map(({ method, path }) => `${method} ${path}`);
    expect(paths).toEqual(
      expect.arrayContaining([
        "POST /api/ciphers/admin",
        `PUT /api/ciphers/${id}/admin`,
        `PUT /api/ciphers/${id}/collections-admin`,
        "PUT /api/ciphers/delete-admin",
        "PUT /api/ciphers/restore-admin",
        "DELETE /api/ciphers/admin",
      ]),
    );
    const trash = server.calls.find(({ path }) => path === "/api/ciphers/delete-admin");
    expect(trash?.body).toEqual({ ids: [id], organizationId });
  });

  it("asks only for the items that somebody reaches", async () => {
    const { client, server, organizationId } = await withClient();
    await client.createItem(named("router"));
    server.calls.length = 0;
    await client.load("none");
    await client.load();
    expect(client.getSnapshot()).toMatchObject({ status: { kind: "ready" }, items: [] });
    server.once.set("GET /api/ciphers/organization-details/assigned", () =>
      Response.json({ data: [], continuationToken: null }),
    );
    await client.load("assigned");
    expect(client.getSnapshot().status.kind).toBe("ready");
    const paths = server.calls.map(({ path }) => path);
    expect(paths).toContain("/api/ciphers/organization-details/assigned");
    expect(paths).not.toContain("/api/ciphers/organization-details");
    expect(paths).toContain(`/api/organizations/${organizationId}/collections/details`);
  });

  it("confirms the owner, who can then open what was written", async () => {
    const { client, server } = await withClient();
    const owner = await person("owner@example.test");
    const id = await client.createItem(named("router"));
    await client.confirmMember("m", owner.keys.publicKey, "My items");
    const { key, defaultUserCollectionName } = server.confirmed as {
      key: never;
      defaultUserCollectionName: string;
    };
    const opened = await openKeys(owner.ring, {
      organizations: [{ id: "o", key }],
      providers: [],
      clients: [],
    });
    const handle = opened.organizations.get("o");
    if (!handle) throw new Error("the owner could not open the organization");
    expect(await openText(owner.ring.key(handle), server.ciphers.get(id)?.name ?? "")).toBe("router");
    expect(await openText(owner.ring.key(handle), defaultUserCollectionName)).toBe("My items");
  });

  it("empties itself on lock", async () => {
    const { core, client } = await withClient();
    await client.createItem(named("router"));
    core.session.lock();
    expect(client.getSnapshot()).toMatchObject({ status: { kind: "idle" }, items: [], collections: [] });
  });

  it("says so when the profile does not hold the client", async () => {
    const { core } = await withClient();
    const stranger = core.clientVault("elsewhere");
    await stranger.load();
    expect(stranger.getSnapshot().status).toMatchObject({ kind: "failed", error: { status: 404 } });
  });
});
