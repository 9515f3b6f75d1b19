import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Organization } from "@/api";
import { api, vault } from "@/app/services";
import { keys } from "../data";
import { useConsole } from "../scope";

/** The organization as its owners see it. */
export function useOrganization() {
  const { organizationId, rights } = useConsole();
  return useQuery({
    queryKey: keys.organization(organizationId),
    queryFn: ({ signal }) => api.organizations.get(organizationId, { signal }),
    enabled: rights.can("manageOrganization"),
    staleTime: 0,
  });
}

/** What the forms of the settings were filled from, and how they tell each other of what they wrote. */
export type Settings = {
  readonly known: Organization;
  /** Grows when everything was loaded again: forms begin anew with it. */
  readonly round: number;
  /** An answer to a change that was refused if anything else had changed before. */
  written: (answer: Organization) => Promise<void>;
  /** An answer to one that was not: what else is new in it was not seen by the forms, and stays unknown. */
  noted: (answer: Organization) => Promise<void>;
  reload: () => Promise<void>;
};

const unseen = ({ revisionDate: _, providerItemAccess: __, ...rest }: Organization) => JSON.stringify(rest);

export function useSettings(loaded: Organization): Settings {
  const queries = useQueryClient();
  const { organizationId } = useConsole();
  const { refetch } = useOrganization();
  // Not the answer of the moment: a change of somebody else must not slip in as known.
  const [{ known, round }, set] = useState({ known: loaded, round: 0 });

  async function keep(answer: Organization) {
    queries.setQueryData(keys.organization(organizationId), answer);
    await vault.sync();
  }

  return {
    known,
    round,
    written: async (answer) => {
      set({ known: answer, round });
      await keep(answer);
    },
    noted: async (answer) => {
      if (unseen(answer) === unseen(known)) {
        set({ known: answer, round });
      }
      await keep(answer);
    },
    reload: async () => {
      const { data } = await refetch();
      if (data) {
        set({ known: data, round: round + 1 });
      }
    },
  };
}
