import type { ProviderId } from "@/crypto/model/ids";
import type { Http, RequestOptions } from "./http";

/** Where the bills of a provider go. */
export interface BillingAddress {
  /** Two letters. */
  readonly country: string;
  readonly postalCode: string;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly taxId: TaxId | null;
}

export interface TaxId {
  /** What kind of number it is; empty when nobody said. */
  readonly code: string;
  readonly value: string;
}

/** What the administrators of a provider keep for those who write the bills. */
export function billingApi(http: Http) {
  const address = (id: ProviderId) => `/api/providers/${id}/billing/vnext/address`;
  return {
    /** null until somebody has entered one. */
    address: (id: ProviderId, options?: RequestOptions) =>
      http.get<BillingAddress | null>(address(id), options),
    setAddress: (id: ProviderId, next: BillingAddress) => http.put<BillingAddress>(address(id), next),
  };
}
