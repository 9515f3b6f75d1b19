import { describe, expect, it } from "vitest";
import type { ProfileProvider } from "@/api";
import type { EncText } from "@/crypto/model/encrypted";
import { home, mayEnter, sectionsFor } from "./sections";

const admin: ProfileProvider = {
  id: "provider",
  name: "Example IT",
  key: "4.AAAA" as EncText,
  status: 2,
  type: 0,
  enabled: true,
};
const serviceUser: ProfileProvider = { ...admin, type: 1 };
const idsFor = (provider: ProfileProvider) => sectionsFor(provider).map(({ id }) => id);

describe("sections of the portal", () => {
  it("are all there for administrators, from the overview on", () => {
    expect(idsFor(admin)[0]).toBe(home);
    expect(idsFor(admin)).toContain("people");
  });

  it("hide from service users what is for administrators", () => {
    const hidden = idsFor(admin).filter((id) => !idsFor(serviceUser).includes(id));
    expect(hidden).toEqual(["people", "audit", "keys", "billing", "settings"]);
    expect(idsFor(serviceUser)).toContain("clients");
  });

  it("rest while the provider is suspended, but for what administrators settle it with", () => {
    expect(idsFor({ ...admin, enabled: false })).toEqual(["billing", "settings"]);
    expect(idsFor({ ...serviceUser, enabled: false })).toEqual([]);
  });
});

describe("mayEnter", () => {
  it.each([
    [admin, true],
    [serviceUser, true],
    [{ ...admin, enabled: false }, true],
    [{ ...serviceUser, enabled: false }, false],
    [{ ...admin, status: 1 as const }, false],
  ])("%o is %s", (provider, want) => {
    expect(mayEnter(provider)).toBe(want);
  });
});
