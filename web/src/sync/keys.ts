import type { Profile } from "@/api/wire";
import type { CryptoProxy, OpenedKeys, WrappedKeys } from "@/crypto/proxy";

export function wrappedKeys(profile: Profile): WrappedKeys {
  return {
    organizations: profile.organizations.map(({ id, key }) => ({ id, key })),
    providers: profile.providers.map(({ id, key }) => ({ id, key })),
    clients: profile.providerOrganizations.map(({ id, providerId, key }) => ({
      organizationId: id,
      providerId,
      key,
    })),
  };
}

/** Opens a profile's keys once, and again only when the profile brings others. */
export class ProfileKeys {
  readonly #crypto: CryptoProxy;
  #wrapped = "";
  opened: OpenedKeys | null = null;

  constructor(crypto: CryptoProxy) {
    this.#crypto = crypto;
  }

  async open(profile: Profile): Promise<OpenedKeys> {
    const wanted = wrappedKeys(profile);
    const json = JSON.stringify(wanted);
    if (!this.opened || json !== this.#wrapped) {
      this.opened = await this.#crypto.openKeys(wanted);
      this.#wrapped = json;
    }
    return this.opened;
  }

  clear(): void {
    this.opened = null;
    this.#wrapped = "";
  }
}
