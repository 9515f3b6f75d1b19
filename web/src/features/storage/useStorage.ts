import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/app/services";
import type { OrgId } from "@/crypto/model/ids";

export const storageKey = (organizationId: OrgId | null) =>
  organizationId ? (["organization", organizationId, "storage"] as const) : (["storage"] as const);

/**
 * How much room files take, and of how much: those of an organization, or of the account. `version` is something that
 * changes with them.
 */
export function useStorage(organizationId: OrgId | null, version?: unknown) {
  const storage = useQuery({
    queryKey: storageKey(organizationId),
    queryFn: () =>
      organizationId ? api.attachments.organizationStorage(organizationId) : api.attachments.ownStorage(),
    staleTime: 0,
    retry: false,
  });
  const { refetch } = storage;
  useEffect(() => {
    if (version !== undefined) void refetch();
  }, [refetch, version]);
  return storage;
}
