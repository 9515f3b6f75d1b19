import type { Api } from "@/api";
import type { ClientId, ProviderId } from "@/crypto/model/ids";

type Change = { readonly name?: string; readonly assignedSeats?: number };

/**
 * Changes one thing about a client. The server wants name and seats together: the other one is sent as it is by now,
 * so that nobody takes back what a colleague has changed since the list was loaded.
 */
export async function changeClient(
  api: Pick<Api, "clients">,
  provider: ProviderId,
  id: ClientId,
  change: Change,
): Promise<void> {
  const now = (await api.clients.list(provider)).find((client) => client.id === id);
  // Gone, or out of reach: the server says so in its own words.
  const { organizationName: name = "", seats = null } = now ?? {};
  await api.clients.update(provider, id, { name, assignedSeats: seats ?? 0, ...change });
}
