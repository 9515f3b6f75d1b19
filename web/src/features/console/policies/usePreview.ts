import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { PolicyRequest } from "@/api";
import { api } from "@/app/services";
import { useConsole } from "../scope";

/** Whom a policy would touch as the form stands. */
export function usePreview(type: number, request: PolicyRequest, wanted: boolean) {
  const { organizationId } = useConsole();
  const { enabled, data, lastKnownRevisionDate } = useDeferredValue(request);
  return useQuery({
    queryKey: ["policy-preview", organizationId, type, enabled, data, lastKnownRevisionDate],
    queryFn: ({ signal }) =>
      api.policies.preview(organizationId, type, { enabled, data, lastKnownRevisionDate }, { signal }),
    enabled: wanted && enabled,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: 0,
  });
}
