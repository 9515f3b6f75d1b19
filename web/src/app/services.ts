import { createCore } from "@/sync";

/** Everything below the screens, made once for the page. */
export const { api, clientVault, config, crypto, provider, session, vault } = createCore();
