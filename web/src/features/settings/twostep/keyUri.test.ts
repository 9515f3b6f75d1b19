import { describe, expect, it } from "vitest";
import { inFours, keyUri } from "./keyUri";

describe("an authenticator's key", () => {
  it("is written as a URI that apps can read, without ambiguous signs", () => {
    const uri = keyUri("GEZDGNBVGY3TQOJQ", "ann+work@example.test", "vault.example.test:8443");
    expect(uri).not.toContain("+");
    const url = new URL(uri);
    expect(url.protocol).toBe("otpauth:");
    expect(decodeURIComponent(url.pathname)).toMatch(
      /Kastellan \(vault\.example\.test:8443\):ann\+work@example\.test$/,
    );
    expect(url.searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQ");
    expect(url.searchParams.get("issuer")).toBe("Kastellan (vault.example.test:8443)");
  });

  it("is shown in fours", () => {
    expect(inFours("GEZDGNBVGY")).toBe("GEZD GNBV GY");
  });
});
