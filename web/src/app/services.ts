import { createCore } from "@/sync";

/** Everything below the screens, made once for the page. */
export const { api, clientVault, config, crypto, organizationVault, provider, session, vault } = createCore();
