import { describe, expect, it } from "vitest";
import { ApiError } from "./error";
import { createHttp } from "./http";
import { isOver, type SendProof, sendAccessApi } from "./sendAccess";

function accessOver(answer: () => Response) {
  const requests: { url: string; init: RequestInit }[] = [];
  const http = createHttp({
    tokens: {
      current: () => {
        throw new Error("the recipient has no session");
      },
      refresh: () => Promise.reject(new Error("the recipient has no session")),
      expired: () => undefined,
    },
    device: { type: 9, identifier: "device" },
    version: "2026.9.0",
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      return answer();
    },
  });
  return { access: sendAccessApi(http), requests };
}

const refused = (error: string, kind: string) =>
  Response.json({ error, error_description: kind, send_access_error_type: kind }, { status: 400 });

describe("opening a Send", () => {
  it.each<[string, string, string]>([
    ["invalid_request", "password_hash_b64_required", "needsPassword"],
    ["invalid_grant", "password_hash_b64_invalid", "wrongPassword"],
    ["invalid_request", "email_required", "needsEmail"],
    ["invalid_request", "email_and_otp_required", "needsCode"],
    ["invalid_grant", "send_id_invalid", "gone"],
    ["invalid_request", "send_id_required", "gone"],
  ])("understands %s %s", async (error, kind, want) => {
    const { access } = accessOver(() => refused(error, kind));
    expect(await access.ask("a", { kind: "none" })).toEqual({ kind: want });
  });

  it.each<[SendProof, Record<string, string>]>([
    [{ kind: "none" }, {}],
    [{ kind: "password", hash: "h=" }, { password_hash_b64: "h=" }],
    [{ kind: "email", email: "a@example.test" }, { email: "a@example.test" }],
    [
      { kind: "code", email: "a@example.test", code: "123456" },
      { email: "a@example.test", otp: "123456" },
    ],
  ])("proves itself by %j", async (proof, fields) => {
    const { access, requests } = accessOver(() => Response.json({ access_token: "t", expires_in: 300 }));
    expect(await access.ask("id", proof)).toEqual({ kind: "granted", token: "t" });
    expect(Object.fromEntries(new URLSearchParams(String(requests[0]?.init.body)))).toEqual({
      ...{ client_id: "send", grant_type: "send_access", scope: "api.send.access", send_id: "id" },
      ...fields,
    });
  });

  it("shows what it was granted, and nothing of a session", async () => {
    const { access, requests } = accessOver(() => Response.json({ id: "a", type: 0, name: "n" }));
    expect(await access.open("granted")).toMatchObject({ id: "a" });
    expect(new Headers(requests[0]?.init.headers).get("authorization")).toBe("Bearer granted");
  });

  it("keeps what is no refusal an error", async () => {
    const broken = accessOver(() => Response.json({ message: "No." }, { status: 500 }));
    await expect(broken.access.ask("a", { kind: "none" })).rejects.toBeInstanceOf(ApiError);
    const foreign = accessOver(() => refused("invalid_grant", "something_new"));
    await expect(foreign.access.ask("a", { kind: "none" })).rejects.toBeInstanceOf(ApiError);
    const busy = accessOver(() => Response.json({}, { status: 429 }));
    await expect(busy.access.ask("a", { kind: "none" })).rejects.toMatchObject({ status: 429 });
  });

  it.each([
    [401, true],
    [404, true],
    [400, false],
    [503, false],
  ])("knows whether %d means that it is over", (status, want) => {
    expect(isOver(new ApiError(status, ""))).toBe(want);
  });
});
