import type { BulkResult } from "@/api";
import { api, crypto, vault } from "@/app/services";
import type { ProviderId, ProviderUserId } from "@/crypto/model/ids";

/** Whose key it is that the provider's key will be wrapped to. */
export type Identity = {
  readonly staffId: ProviderUserId;
  readonly publicKey: string;
  /** What the person reads out from their own settings. */
  readonly phrase: string;
};

/** Those who have accepted, with the phrases of their keys; whoever has not is left out by the server. */
export async function identify(provider: ProviderId, people: readonly ProviderUserId[]): Promise<Identity[]> {
  const found = await api.providers.publicKeys(provider, people);
  return Promise.all(
    found.map(async ({ id, userId, key }) => ({
      staffId: id,
      publicKey: key,
      phrase: await crypto.fingerprint(userId, key),
    })),
  );
}

/** Gives the provider's key to people whose phrases were compared; an answer for each. */
export async function confirmMany(
  provider: ProviderId,
  identities: readonly Identity[],
): Promise<readonly BulkResult[]> {
  const handle = await vault.providerKey(provider);
  const keys = await Promise.all(
    identities.map(async ({ staffId, publicKey }) => ({
      id: staffId,
      key: await crypto.confirmMember(handle, publicKey),
    })),
  );
  return api.staff.confirmMany(provider, keys);
}
