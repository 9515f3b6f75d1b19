import { describe, expect, it } from "vitest";
import type { KeyHandle } from "../model/keys";
import { openText } from "../primitives/symmetric";
import { person } from "../testdata/people";
import { adoptOrganization } from "./adoptOrganization";
import { confirmMember } from "./confirmMember";
import { createOrganizationKeys, createProviderKey } from "./createKeys";
import type { Keyring } from "./keyring";
import { openKeys } from "./openKeys";

const none = { organizations: [], providers: [], clients: [] };

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("a key was not opened");
  return value;
}

async function withProvider(ring: Keyring, key: Awaited<ReturnType<typeof createProviderKey>>) {
  const opened = await openKeys(ring, { ...none, providers: [{ id: "provider", key }] });
  return given(opened.providers.get("provider"));
}

/** An owner who is an administrator of a provider, with an organization of their own. */
async function owner() {
  const { ring, userKey } = await person("owner@example.test");
  const providerKey = await createProviderKey(ring);
  const mine = await createOrganizationKeys(ring, "General");
  const opened = await openKeys(ring, { ...none, organizations: [{ id: "mine", key: mine.key }] });
  return { ring, userKey, providerKey, mine, organizationKey: given(opened.organizations.get("mine")) };
}

describe("adoptOrganization", () => {
  it("lets a colleague open what the organization's owner encrypted", async () => {
    const { ring, providerKey, mine, organizationKey } = await owner();
    const handle = await withProvider(ring, providerKey);
    const key = await adoptOrganization(ring, organizationKey, handle);
    expect(key).toMatch(/^2\./);

    const colleague = await person("colleague@example.test");
    const wrapped = await confirmMember(ring, handle, colleague.keys.publicKey);
    const opened = await openKeys(colleague.ring, {
      ...none,
      providers: [{ id: "provider", key: wrapped }],
      clients: [{ organizationId: "mine", providerId: "provider", key }],
    });
    expect(opened.failed).toEqual([]);
    const clientKey = given(opened.clients.get("mine"));
    expect(await openText(colleague.ring.key(clientKey), mine.collectionName)).toBe("General");
  });

  it("makes another text each time, of the same key", async () => {
    const { ring, providerKey, organizationKey } = await owner();
    const handle = await withProvider(ring, providerKey);
    const one = await adoptOrganization(ring, organizationKey, handle);
    expect(await adoptOrganization(ring, organizationKey, handle)).not.toBe(one);
  });

  it("never wraps the user key", async () => {
    const { ring, providerKey, userKey } = await owner();
    const handle: KeyHandle = await withProvider(ring, providerKey);
    await expect(adoptOrganization(ring, userKey, handle)).rejects.toMatchObject({ kind: "unsupported" });
  });
});
