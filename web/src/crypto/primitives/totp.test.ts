import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors";
import { parseTotp, totpCode } from "./totp";

describe("totpCode", () => {
  it.each(vectors.totp)("$key", async ({ key, unixTime, code, period }) => {
    expect(await totpCode(key, unixTime * 1000)).toMatchObject({ code, period });
  });

  it("counts down to the next code", async () => {
    expect((await totpCode("JBSWY3DPEHPK3PXP", 0)).remaining).toBe(30);
    expect((await totpCode("JBSWY3DPEHPK3PXP", 29_999)).remaining).toBe(1);
  });

  it("passes over spaces, dashes, case and padding in a secret", async () => {
    const spaced = await totpCode(" jbsw y3dp-ehpk3pxp==== ", 1_700_000_000_000);
    expect(spaced.code).toBe("324550");
  });

  // RFC 6238, appendix B.
  it.each([
    ["SHA1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "94287082"],
    ["SHA256", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA", "46119246"],
  ])("agrees with the RFC for %s", async (algorithm, secret, code) => {
    const uri = `otpauth://totp/x?secret=${secret}&algorithm=${algorithm}&digits=8`;
    expect((await totpCode(uri, 59_000)).code).toBe(code);
  });

  it("falls back on the defaults where a URI is out of range", () => {
    const totp = parseTotp("OTPAUTH://totp/x?Secret=JBSWY3DP&digits=99&period=0&algorithm=MD5");
    expect(totp).toMatchObject({ digits: 6, period: 30, hash: "SHA-1" });
  });

  it.each(["", "otpauth://totp/x", "steam://", "!!!"])("refuses “%s”", (text) => {
    expect(() => parseTotp(text)).toThrow(/authenticator key/);
  });
});
