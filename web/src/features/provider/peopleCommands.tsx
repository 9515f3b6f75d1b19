import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { UserSearch } from "lucide-react";
import { useEffect, useState } from "react";
import { useVault } from "@/app/hooks";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import type { Command } from "@/ui/CommandPalette";
import { mayEnter } from "./sections";

const shown = 6;
const shortest = 2;

/** What somebody has typed, once they pause. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** People of all clients of the provider that is open, else of the first that one works for. */
export function usePeopleOfClients(
  query: string,
): (typed: string) => { people: Command[]; search: Command[] } {
  const t = useT();
  const navigate = useNavigate();
  const { providerId } = useParams({ strict: false });
  const providers = useVault((state) => state.providers).filter(
    (candidate) => candidate.enabled && mayEnter(candidate),
  );
  const provider = providers.find(({ id }) => id === providerId) ?? providers[0];
  const wanted = useSettled(query.trim());
  const found = useQuery({
    queryKey: ["provider", provider?.id, "found", "palette", wanted],
    queryFn: ({ signal }) => api.audit.people(provider?.id ?? "", { search: wanted }, { signal }),
    enabled: provider !== undefined && wanted.length >= shortest,
    placeholderData: keepPreviousData,
  });

  return (typed) => {
    const text = typed.trim();
    if (!provider || text.length < shortest) {
      return { people: [], search: [] };
    }
    const words = text.toLocaleLowerCase().split(/\s+/);
    const group = t("shell.groupPeople", { name: provider.name });
    const people = (found.data?.data ?? []).filter(({ name, email }) => {
      const both = `${name ?? ""} ${email}`.toLocaleLowerCase();
      return words.every((word) => both.includes(word));
    });
    return {
      people: people.slice(0, shown).map((person) => ({
        id: `found-${person.memberId}`,
        group,
        label: person.name || person.email,
        note: person.clientName,
        icon: <Avatar round size="sm" seed={person.email} name={person.name || person.email} />,
        run: () =>
          void navigate({
            to: "/providers/$providerId/clients/$organizationId/$tab",
            params: { providerId: provider.id, organizationId: person.organizationId, tab: "people" },
            search: { member: person.memberId },
          }),
      })),
      search: [
        {
          id: "find-people",
          group,
          label: t("shell.findPeople", { query: text }),
          icon: <UserSearch />,
          run: () =>
            void navigate({
              to: "/providers/$providerId/$section",
              params: { providerId: provider.id, section: "search" },
              search: { q: text },
            }),
        },
      ],
    };
  };
}
