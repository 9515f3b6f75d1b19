import { useNavigate, useParams } from "@tanstack/react-router";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import type { Command } from "@/ui/CommandPalette";
import { mayEnter, sectionsFor } from "./sections";

/** The sections of the portal that is open; inside of a client one jumps back to them, too. */
export function usePortalCommands(): Command[] {
  const t = useT();
  const navigate = useNavigate();
  const { providerId = "" } = useParams({ strict: false });
  const provider = useVault((state) => state.providers).find(({ id }) => id === providerId);
  if (!(provider && mayEnter(provider))) {
    return [];
  }
  return sectionsFor(provider).map(({ id, icon: Icon }) => ({
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
}
