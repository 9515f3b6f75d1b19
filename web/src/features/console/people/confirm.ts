import type { BulkResult } from "@/api";
import { api, crypto } from "@/app/services";
import type { MemberId, OrgId } from "@/crypto/model/ids";
import type { ConsoleScope } from "../scope";

/** Whose key it is that the organization's key will be wrapped to. */
export type Identity = {
  readonly memberId: MemberId;
  readonly publicKey: string;
  /** What the person reads out from their own settings. */
  readonly phrase: string;
};

/** Those who have accepted, with the phrases of their keys; whoever has not is left out by the server. */
export async function identify(organizationId: OrgId, members: readonly MemberId[]): Promise<Identity[]> {
  const found = await api.organizations.publicKeys(organizationId, members);
  return Promise.all(
    found.map(async ({ id, userId, key }) => ({
      memberId: id,
      publicKey: key,
      phrase: await crypto.fingerprint(userId, key),
    })),
  );
}

/** Gives the organization's key to people whose phrases were compared; an answer for each. */
export async function confirmMany(
  { organizationId, key }: ConsoleScope,
  identities: readonly Identity[],
  myItems: string,
): Promise<readonly BulkResult[]> {
  const handle = await key();
  const [keys, defaultUserCollectionName] = await Promise.all([
    Promise.all(
      identities.map(async ({ memberId, publicKey }) => ({
        id: memberId,
        key: await crypto.confirmMember(handle, publicKey),
      })),
    ),
    crypto.sealName(myItems, handle),
  ]);
  return api.organizations.confirmMany(organizationId, { keys, defaultUserCollectionName });
}
