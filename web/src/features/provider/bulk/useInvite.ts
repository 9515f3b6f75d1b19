import { useQueryClient } from "@tanstack/react-query";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { keys as consoleKeys } from "@/features/console/data";
import { currentT } from "@/i18n";
import { keys } from "../data";
import { usePortal } from "../scope";
import { type Checked, together } from "./checked";
import { invitationsOfProvider } from "./runs";

/** What the server takes in one request, for one client. */
const perRequest = 20;

/** Sends the invitations, client by client; it goes on when the page is left. */
export function useInvite() {
  const { providerId } = usePortal();
  const queries = useQueryClient();
  return (lines: readonly Checked[]) => {
    const refresh = async () => {
      await queries.invalidateQueries({ queryKey: keys.clients(providerId) });
      for (const id of new Set(lines.map(({ organizationId }) => organizationId))) {
        await queries.invalidateQueries({ queryKey: consoleKeys.members(id ?? "") });
      }
    };
    const done = invitationsOfProvider(providerId).start({
      items: lines,
      size: perRequest,
      together,
      explain: (error) => explain(error, currentT()),
      run: async (some) => {
        const [first] = some;
        if (first?.organizationId) {
          const { type, groupIds } = first;
          const emails = some.map(({ email }) => email);
          const request = { emails, type, groups: groupIds, collections: [] };
          await api.organizations.invite(first.organizationId, request);
        }
        return new Map();
      },
    });
    void done.then(refresh);
  };
}
