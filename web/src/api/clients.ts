import type { EncText } from "@/crypto/model/encrypted";
import type { ClientId, OrgId, ProviderId, TagId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { Client, List, ProviderUserType } from "./wire";

/** A client as the portal lists it. */
export interface PortalClient extends Client {
  readonly tags: readonly TagId[];
  readonly revisionDate: string;
}

/** A word by which a provider groups its clients; of those out of reach nothing is told. */
export interface Tag {
  readonly id: TagId;
  readonly name: string;
  readonly clientIds: readonly ClientId[];
}

/** An organization of one's own that may become a client. */
export interface Addable {
  readonly id: OrgId;
  readonly name: string;
  readonly plan: string;
  readonly seats: number;
  /** Its seats would have to be purchased, which is not for this person. */
  readonly disabled: boolean;
}

/** What the provider leaves behind when a client goes: shown before, and given by the act itself. */
export interface Handover {
  readonly clientId: ClientId;
  readonly organizationId: OrgId;
  readonly name: string;
  readonly owners: readonly { readonly name: string | null; readonly email: string }[];
  readonly members: {
    readonly invited: number;
    readonly accepted: number;
    readonly confirmed: number;
    readonly revoked: number;
    readonly staged: number;
  };
  readonly seats: number | null;
  readonly plan: string | null;
  readonly enabled: boolean;
  /** The policies that are on, by their numbers. */
  readonly policies: readonly number[];
  readonly domains: readonly string[];
  /** Who of the provider reached it. */
  readonly staff: readonly {
    readonly name: string | null;
    readonly email: string;
    readonly type: ProviderUserType;
  }[];
  readonly apiKeys: readonly string[];
  readonly baseline: string | null;
  /** Why it cannot be unlinked; null when it can. */
  readonly blockedBy: string | null;
  /** When it was written; of the answer to the act, when it was unlinked. */
  readonly at?: string | null;
}

/** The clients of a provider, one at a time, and the tags that group them. */
export function clientsApi(http: Http) {
  const base = (id: ProviderId) => `/api/providers/${id}`;
  return {
    list: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<PortalClient>>(`${base(id)}/organizations`, options)).data,
    addable: (id: ProviderId, options?: RequestOptions) =>
      http.get<readonly Addable[]>(`${base(id)}/clients/addable`, options),
    addExisting: (id: ProviderId, request: { organizationId: OrgId; key: EncText }) =>
      http.post(`${base(id)}/clients/existing`, request),
    update: (id: ProviderId, client: ClientId, request: { name: string; assignedSeats: number }) =>
      http.put(`${base(id)}/clients/${client}`, request),
    setEnabled: (id: ProviderId, client: ClientId, enabled: boolean) =>
      http.put(`${base(id)}/clients/${client}/enabled`, { enabled }),
    handover: (id: ProviderId, client: ClientId, options?: RequestOptions) =>
      http.get<Handover>(`${base(id)}/organizations/${client}/handover`, options),
    unlink: (id: ProviderId, client: ClientId) =>
      http.delete<Handover>(`${base(id)}/organizations/${client}`),

    tags: async (id: ProviderId, options?: RequestOptions) =>
      (await http.get<List<Tag>>(`${base(id)}/tags`, options)).data,
    createTag: (id: ProviderId, name: string) => http.post<Tag>(`${base(id)}/tags`, { name }),
    renameTag: (id: ProviderId, tag: TagId, name: string) =>
      http.put<Tag>(`${base(id)}/tags/${tag}`, { name }),
    deleteTag: (id: ProviderId, tag: TagId) => http.delete(`${base(id)}/tags/${tag}`),
    setTags: (id: ProviderId, client: ClientId, ids: readonly TagId[]) =>
      http.put(`${base(id)}/clients/${client}/tags`, { ids }),
  };
}
