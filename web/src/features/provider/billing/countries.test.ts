import { describe, expect, it } from "vitest";
import { countriesIn, countryName } from "./countries";

describe("countriesIn", () => {
  it("names them in the language, in the order of their names", () => {
    const names = countriesIn("de", "").map(({ name }) => name);
    expect(names).toContain("Österreich");
    expect(names.indexOf("Österreich")).toBeLessThan(names.indexOf("Portugal"));
    expect(countryName("DE", "en")).toBe("Germany");
  });

  it("keeps what was entered elsewhere and is no country", () => {
    expect(countriesIn("en", "Q1")).toContainEqual({ code: "Q1", name: "Q1" });
    expect(countriesIn("en", "DE").filter(({ code }) => code === "DE")).toHaveLength(1);
  });
});
