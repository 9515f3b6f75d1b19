import { useQuery } from "@tanstack/react-query";
import { api, crypto } from "@/app/services";
import type { OrgId } from "@/crypto/model/ids";

/** The key of an organization, with the phrase by which people compare it. */
export type Fingerprint = {
  readonly organizationId: OrgId;
  readonly publicKey: string;
  readonly phrase: string;
};

async function fingerprintOf(organizationId: OrgId, signal: AbortSignal): Promise<Fingerprint> {
  const publicKey = await api.administration.publicKey(organizationId, { signal });
  return { organizationId, publicKey, phrase: await crypto.fingerprint(organizationId, publicKey) };
}

/** Fetched anew each time: what is shown and compared is what is used afterwards. */
export function useFingerprints(organizations: readonly OrgId[]) {
  return useQuery({
    queryKey: ["fingerprints", ...organizations],
    queryFn: ({ signal }) => Promise.all(organizations.map((id) => fingerprintOf(id, signal))),
    enabled: organizations.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
