import { keepsRules } from "@/features/auth/keepsRules";
import { browserSurroundings, createCore } from "@/sync";

/** Everything below the screens, made once for the page. */
export const {
  api,
  clientVault,
  config,
  crypto,
  live,
  onMessage,
  organizationVault,
  provider,
  session,
  vault,
} = createCore({
  ...browserSurroundings(),
  keepsRules,
});
