import type { Api } from "@/api";
import type { SetupRequest } from "@/api/providers";
import type { NewClientAnswer, Provider } from "@/api/wire";
import type { OrgId, ProviderId, ProviderUserId } from "@/crypto/model/ids";
import type { CryptoProxy } from "@/crypto/proxy";
import type { Vault } from "./vault";

export interface NewClient {
  readonly name: string;
  readonly ownerEmail: string;
  /** 17 Teams, 19 Enterprise. */
  readonly planType: number;
  readonly seats: number;
  /** The name of its first collection, in the language of who makes it. */
  readonly collectionName: string;
}

/** What a provider's people do that needs keys made or wrapped. Each ends with a sync, which brings the new keys. */
export interface ProviderActs {
  setup(id: ProviderId, request: Omit<SetupRequest, "key">): Promise<Provider>;
  createClient(id: ProviderId, client: NewClient): Promise<NewClientAnswer>;
  /** Makes an organization of which one is an owner a client; its members and its key stay. */
  adopt(id: ProviderId, organizationId: OrgId): Promise<void>;
  /** Show the fingerprint of the public key first. */
  confirmUser(id: ProviderId, user: ProviderUserId, publicKey: string): Promise<void>;
}

export function createProviderActs(api: Api, crypto: CryptoProxy, vault: Vault): ProviderActs {
  return {
    async setup(id, request) {
      const provider = await api.providers.setup(id, { ...request, key: await crypto.createProviderKey() });
      await vault.sync();
      return provider;
    },
    async createClient(id, { collectionName, ...client }) {
      const keys = await crypto.createClientKeys(await vault.providerKey(id), collectionName);
      const answer = await api.providers.createClient(id, { ...client, ...keys });
      await vault.sync();
      return answer;
    },
    async adopt(id, organizationId) {
      const [organizationKey, providerKey] = await Promise.all([
        vault.organizationKey(organizationId),
        vault.providerKey(id),
      ]);
      const key = await crypto.adoptOrganization(organizationKey, providerKey);
      await api.clients.addExisting(id, { organizationId, key });
      await vault.sync();
    },
    async confirmUser(id, user, publicKey) {
      const key = await crypto.confirmMember(await vault.providerKey(id), publicKey);
      await api.providers.confirm(id, user, key);
    },
  };
}
