import { useQuery } from "@tanstack/react-query";
import { api } from "@/app/services";
import { keys } from "../data";
import { useConsole } from "../scope";

/** The names of everybody in the organization, which whoever reads its log may know. */
export function usePeople() {
  const { organizationId } = useConsole();
  return useQuery({
    queryKey: [...keys.members(organizationId), "names"],
    queryFn: ({ signal }) => api.organizations.people(organizationId, { signal }),
  });
}
