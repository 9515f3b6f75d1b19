import { useNavigate, useParams } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import type { Command } from "@/ui/CommandPalette";
import { isAdmin, mayEnter, sectionsFor } from "./sections";

/** The sections of the portal that is open, and a new client; inside of a client one jumps back to them, too. */
export function usePortalCommands(): Command[] {
  const t = useT();
  const navigate = useNavigate();
  const { providerId = "" } = useParams({ strict: false });
  const provider = useVault((state) => state.providers).find(({ id }) => id === providerId);
  if (!(provider && mayEnter(provider))) {
    return [];
  }
  const jumps = sectionsFor(provider).map(({ id, icon: Icon }) => ({
    id: `portal-${id}`,
    group: provider.name,
    label: t(`portal.section.${id}`),
    icon: <Icon />,
    run: () =>
      void navigate({
        to: "/providers/$providerId/$section",
        params: { providerId, section: id },
        search: {},
      }),
  }));
  const create: Command = {
    id: "portal-new-client",
    group: provider.name,
    label: t("provider.newClient"),
    icon: <Plus />,
    run: () =>
      void navigate({
        to: "/providers/$providerId/$section",
        params: { providerId, section: "clients" },
        search: { act: "new" },
      }),
  };
  return isAdmin(provider) && provider.enabled ? [...jumps, create] : jumps;
}
