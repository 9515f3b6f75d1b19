import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Member } from "@/api";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import type { Command } from "@/ui/CommandPalette";
import { keys } from "./data";
import { nameOf } from "./people/people";
import { mayAdminister, memberRights, staffRights } from "./rights";
import { type SectionId, sectionsFor } from "./sections";

/** The organization whose Admin Console is open, in either frame. */
function useOpenOrganization() {
  const { organizationId = "", providerId } = useParams({ strict: false });
  const organizations = useVault((state) => state.organizations);
  const clients = useVault((state) => state.providerOrganizations);
  return useMemo(() => {
    if (providerId !== undefined) {
      const client = clients.find(({ id }) => id === organizationId);
      return client ? { summary: client, rights: staffRights(client), providerId } : null;
    }
    const organization = organizations.find(({ id }) => id === organizationId);
    return organization && mayAdminister(organization)
      ? { summary: organization, rights: memberRights(organization), providerId: undefined }
      : null;
  }, [organizations, clients, organizationId, providerId]);
}

/** Where one can jump inside of the organization that is open: its sections, and the people that are loaded. */
export function useConsoleCommands(): { sections: Command[]; people: Command[] } {
  const t = useT();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const open = useOpenOrganization();
  if (!open) {
    return { sections: [], people: [] };
  }
  const { summary, rights, providerId } = open;
  const { id: organizationId, name } = summary;
  const go = (section: SectionId, search: Record<string, string> = {}) =>
    void navigate(
      providerId === undefined
        ? {
            to: "/organizations/$organizationId/$section",
            params: { organizationId, section },
            search,
          }
        : {
            to: "/providers/$providerId/clients/$organizationId/$tab",
            params: { providerId, organizationId, tab: section },
            search,
          },
    );
  const members = queries.getQueryData<readonly Member[]>(keys.members(organizationId)) ?? [];
  return {
    sections: sectionsFor(rights, summary).map(({ id, icon: Icon }) => ({
      id: `section-${id}`,
      group: name,
      label: t(`console.section.${id}`),
      icon: <Icon />,
      run: () => go(id),
    })),
    people: members.map((member) => ({
      id: `member-${member.id}`,
      group: name,
      label: nameOf(member),
      note: member.name ? member.email : "",
      icon: (
        <Avatar
          round
          size="sm"
          seed={member.userId ?? member.email}
          name={nameOf(member)}
          color={member.avatarColor}
        />
      ),
      run: () => go("people", { member: member.id }),
    })),
  };
}
