import { describe, expect, it } from "vitest";
import type { BillingAddress } from "@/api/billing";
import { addressOf, draftOf, isChanged, linesOf, problemsOf } from "./address";

const berlin: BillingAddress = {
  country: "DE",
  postalCode: "10115",
  line1: "Example Street 1",
  line2: null,
  city: "Berlin",
  state: null,
  taxId: { code: "eu_vat", value: "DE000000000" },
};
const empty = draftOf(null);

describe("the draft of an address", () => {
  it("becomes the address again", () => {
    expect(addressOf(draftOf(berlin), berlin)).toEqual(berlin);
    expect(isChanged(draftOf(berlin), berlin)).toBe(false);
  });

  it("is empty without one", () => {
    expect(isChanged(empty, null)).toBe(false);
    expect(isChanged({ ...empty, city: "Berlin" }, null)).toBe(true);
  });

  it("does not change by spaces around it", () => {
    expect(isChanged({ ...draftOf(berlin), city: " Berlin " }, berlin)).toBe(false);
    expect(addressOf({ ...draftOf(berlin), city: " Berlin " }, berlin).city).toBe("Berlin");
  });

  it("says null for what is left empty", () => {
    expect(addressOf({ ...empty, country: "DE", postalCode: "10115" }, berlin)).toEqual({
      ...berlin,
      line1: null,
      city: null,
      taxId: null,
    });
  });
});

describe("the kind of a tax number", () => {
  it.each([
    ["DE", "DE123456789", "eu_vat"],
    ["GR", "el123456789", "eu_vat"],
    ["DE", "12/345/67890", ""],
    ["GB", "GB123456789", ""],
  ])("in %s of %s is %j", (country, taxId, code) => {
    const draft = { ...empty, country, postalCode: "1", taxId };
    expect(addressOf(draft, null).taxId).toEqual({ code, value: taxId });
  });

  it("stays what it was until number or country change", () => {
    const before = { ...berlin, taxId: { code: "de_stn", value: "12/345/67890" } };
    expect(addressOf({ ...draftOf(before), city: "Potsdam" }, before).taxId).toEqual(before.taxId);
    expect(addressOf({ ...draftOf(before), country: "AT" }, before).taxId?.code).toBe("");
  });
});

describe("problemsOf", () => {
  const good = draftOf(berlin);
  it.each([
    ["a whole address", good, {}],
    ["nothing", empty, { country: "noCountry", postalCode: "noPostalCode" }],
    ["spaces", { ...good, postalCode: "  " }, { postalCode: "noPostalCode" }],
    ["the longest lines", { ...good, line1: "ä".repeat(100), taxId: "1".repeat(30) }, {}],
    [
      "lines that are too long",
      { ...good, line1: "ä".repeat(101), taxId: "1".repeat(31) },
      {
        line1: "tooLong",
        taxId: "tooLong",
      },
    ],
  ])("finds in %s what the server would refuse", (_, draft, want) => {
    expect(problemsOf(draft)).toEqual(want);
  });
});

describe("linesOf", () => {
  it.each([
    [berlin, ["Example Street 1", "10115 Berlin"]],
    [
      { ...berlin, country: "US", line2: "Floor 2", city: "Springfield", state: "OR", postalCode: "97475" },
      ["Example Street 1", "Floor 2", "Springfield, OR 97475"],
    ],
    [{ ...berlin, line1: null, city: null }, ["10115"]],
  ])("writes %j as on an envelope", (address, want) => {
    expect(linesOf(address)).toEqual(want);
  });
});
