import type { OrgId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { List, Policy, PolicyPreview, PolicyRequest } from "./wire";

export function policiesApi(http: Http) {
  const base = (id: OrgId) => `/api/organizations/${id}/policies`;
  const body = ({ enabled, data, lastKnownRevisionDate }: PolicyRequest) => ({
    policy: { enabled, data },
    metadata: null,
    lastKnownRevisionDate,
  });
  return {
    list: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<Policy>>(base(id), options)).data,
    save: (id: OrgId, type: number, request: PolicyRequest) =>
      http.put<Policy>(`${base(id)}/${type}`, body(request)),
    /** Whom a policy would touch if it were saved so. Writes nothing. */
    preview: (id: OrgId, type: number, request: PolicyRequest, options?: RequestOptions) =>
      http.post<PolicyPreview>(`${base(id)}/${type}/preview`, body(request), options),
    /** Of an invitation, before the person has an account. */
    ofInvitation: async (
      id: OrgId,
      query: { readonly email: string; readonly token: string; readonly organizationUserId: string },
    ) =>
      (
        await http.call<List<Policy>>(`${base(id)}/token?${new URLSearchParams({ ...query })}`, {
          authenticated: false,
        })
      ).data,
    /** What an organization asks of master passwords; for its members. */
    masterPassword: (id: OrgId, options?: RequestOptions) =>
      http.get<Policy>(`${base(id)}/master-password`, options),
  };
}
