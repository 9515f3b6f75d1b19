import type { KeyHandle } from "../model/keys";
import { wipe } from "../primitives/bytes";
import { decapsulate } from "../primitives/rsa";
import { importKey, openBytes } from "../primitives/symmetric";
import type { OpenedKeys, WrappedKeys } from "../proxy";
import type { Keyring, KeySource } from "./keyring";

async function open(ring: Keyring, source: Exclude<KeySource, { kind: "password" }>): Promise<KeyHandle> {
  const bytes =
    source.kind === "publicKey"
      ? await decapsulate(ring.me().privateKey, source.wrapped)
      : await openBytes(ring.key(source.by), source.wrapped);
  try {
    return ring.add({ key: await importKey(bytes), source });
  } finally {
    wipe(bytes);
  }
}

/** One damaged key must not take the other organizations away: it is reported, and the rest is opened. */
export async function openKeys(ring: Keyring, wrapped: WrappedKeys): Promise<OpenedKeys> {
  ring.me();
  const failed: string[] = [];
  const into = async <Id extends string>(
    map: Map<Id, KeyHandle>,
    id: Id,
    source: Exclude<KeySource, { kind: "password" }> | null,
  ) => {
    try {
      if (source) map.set(id, await open(ring, source));
      else failed.push(id);
    } catch {
      failed.push(id);
    }
  };

  const organizations = new Map<string, KeyHandle>();
  const providers = new Map<string, KeyHandle>();
  const clients = new Map<string, KeyHandle>();
  await Promise.all([
    ...wrapped.organizations.map(({ id, key }) =>
      into(organizations, id, { kind: "publicKey", wrapped: key }),
    ),
    ...wrapped.providers.map(({ id, key }) => into(providers, id, { kind: "publicKey", wrapped: key })),
  ]);
  await Promise.all(
    wrapped.clients.map(({ organizationId, providerId, key }) => {
      const by = providers.get(providerId);
      return into(clients, organizationId, by ? { kind: "key", wrapped: key, by } : null);
    }),
  );
  return { organizations, providers, clients, failed };
}
