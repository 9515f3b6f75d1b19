import type { BillingAddress, TaxId } from "@/api/billing";

/** What stands in the form. */
export type AddressDraft = {
  readonly line1: string;
  readonly line2: string;
  readonly postalCode: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly taxId: string;
};
export type AddressField = keyof AddressDraft;

/** In the order of the form. The server keeps no more characters than these. */
export const limits: Readonly<Record<AddressField, number>> = {
  line1: 100,
  line2: 100,
  postalCode: 20,
  city: 100,
  state: 100,
  country: 2,
  taxId: 30,
};
export const fields = Object.keys(limits) as AddressField[];

export function draftOf(address: BillingAddress | null): AddressDraft {
  return {
    line1: address?.line1 ?? "",
    line2: address?.line2 ?? "",
    postalCode: address?.postalCode ?? "",
    city: address?.city ?? "",
    state: address?.state ?? "",
    country: address?.country ?? "",
    taxId: address?.taxId?.value ?? "",
  };
}

const trimmed = (draft: AddressDraft) =>
  Object.fromEntries(fields.map((field) => [field, draft[field].trim()])) as AddressDraft;

export function isChanged(draft: AddressDraft, address: BillingAddress | null): boolean {
  const next = trimmed(draft);
  const before = draftOf(address);
  return fields.some((field) => next[field] !== before[field]);
}

export type AddressProblem = "noCountry" | "noPostalCode" | "tooLong";

/** What the server would refuse, said before it is asked. */
export function problemsOf(draft: AddressDraft): Partial<Record<AddressField, AddressProblem>> {
  const next = trimmed(draft);
  const long = fields.filter((field) => [...next[field]].length > limits[field]);
  return {
    ...Object.fromEntries(long.map((field) => [field, "tooLong"])),
    ...(next.country === "" && { country: "noCountry" }),
    ...(next.postalCode === "" && { postalCode: "noPostalCode" }),
  };
}

/** What is written; the kind of a tax number stays when neither it nor the country has changed. */
export function addressOf(draft: AddressDraft, before: BillingAddress | null): BillingAddress {
  const { line1, line2, postalCode, city, state, country, taxId } = trimmed(draft);
  const said = (text: string) => text || null;
  const known = before?.taxId?.value === taxId && before.country === country ? before.taxId : null;
  return {
    country,
    postalCode,
    line1: said(line1),
    line2: said(line2),
    city: said(city),
    state: said(state),
    taxId: taxId === "" ? null : (known ?? taxIdOf(country, taxId)),
  };
}

const union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

/** A VAT number of the European Union begins with its country, which for Greece is EL. Of others the kind is not known. */
function taxIdOf(country: string, value: string): TaxId {
  const prefix = country === "GR" ? "EL" : country;
  const vat = union.includes(country) && value.toUpperCase().startsWith(prefix);
  return { code: vat ? "eu_vat" : "", value };
}

/** Where the town is written before the postal code. */
const townFirst = "AU CA GB IE IN NZ US".split(" ");

/** As it stands on an envelope, but for the country. */
export function linesOf({ country, postalCode, line1, line2, city, state }: BillingAddress): string[] {
  const join = (parts: readonly (string | null)[], between: string) => parts.filter(Boolean).join(between);
  const town = townFirst.includes(country)
    ? [join([city, join([state, postalCode], " ")], ", ")]
    : [join([postalCode, city], " "), state];
  return [line1, line2, ...town].filter((line): line is string => Boolean(line));
}
