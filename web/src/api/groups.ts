import type { GroupId, MemberId, OrgId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";
import type { Group, GroupDetails, GroupRequest, List } from "./wire";

export function groupsApi(http: Http) {
  const base = (id: OrgId) => `/api/organizations/${id}/groups`;
  return {
    /** Names only; for whoever may give access to groups. */
    names: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<Group>>(base(id), options)).data,
    list: async (id: OrgId, options?: RequestOptions) =>
      (await http.get<List<GroupDetails>>(`${base(id)}/details`, options)).data,
    get: (id: OrgId, group: GroupId, options?: RequestOptions) =>
      http.get<GroupDetails>(`${base(id)}/${group}/details`, options),
    users: (id: OrgId, group: GroupId, options?: RequestOptions) =>
      http.get<readonly MemberId[]>(`${base(id)}/${group}/users`, options),
    create: (id: OrgId, request: GroupRequest) => http.post<Group>(base(id), request),
    update: (id: OrgId, group: GroupId, request: GroupRequest) =>
      http.put<Group>(`${base(id)}/${group}`, request),
    remove: (id: OrgId, ids: readonly GroupId[]) => http.delete(base(id), { ids }),
  };
}
