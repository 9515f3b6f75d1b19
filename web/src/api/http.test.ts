import { describe, expect, it } from "vitest";
import { ApiError, apiError, identityError } from "./error";
import { createHttp } from "./http";
import { tokenAnswer } from "./identity";

const nobody = {
  current: () => null,
  refresh: () => Promise.reject(new ApiError(401, "nobody")),
  expired: () => undefined,
};

function httpOver(answer: () => Response | Promise<Response>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const http = createHttp({
    tokens: nobody,
    device: { type: 9, identifier: "device" },
    version: "2026.9.0",
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      return answer();
    },
  });
  return { http, requests };
}

describe("http", () => {
  it("answers undefined for no body and text for text", async () => {
    expect(await httpOver(() => new Response(null, { status: 204 })).http.get("/api/x")).toBeUndefined();
    expect(await httpOver(() => new Response("")).http.get("/api/x")).toBe("");
    expect(await httpOver(() => Response.json({ a: 1 })).http.get("/api/x")).toEqual({ a: 1 });
  });

  it("names its device to anonymous endpoints", async () => {
    const { http, requests } = httpOver(() => Response.json({}));
    await http.call("/api/x", { method: "POST", body: { a: 1 }, authenticated: false });
    const headers = new Headers(requests[0]?.init.headers);
    expect(headers.get("device-identifier")).toBe("device");
    expect(headers.get("authorization")).toBeNull();
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(requests[0]?.init).toMatchObject({ method: "POST", body: '{"a":1}', redirect: "error" });
  });

  it("tells a lost connection from an abort", async () => {
    const lost = httpOver(() => Promise.reject(new TypeError("failed to fetch")));
    await expect(lost.http.get("/api/x")).rejects.toMatchObject({ name: "NetworkError" });
    const controller = new AbortController();
    controller.abort();
    const aborted = httpOver(() => Promise.reject(controller.signal.reason));
    await expect(aborted.http.get("/api/x", { signal: controller.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("errors", () => {
  it.each([
    [
      "the first validation error",
      { message: "Invalid.", validationErrors: { Name: ["Too long."] } },
      "Too long.",
    ],
    ["the message", { message: "Resource not found.", validationErrors: null }, "Resource not found."],
    ["the message in the other case", { Message: "Other case." }, "Other case."],
    ["plain text", "It is closed.", "It is closed."],
    ["the status, when nothing was said", undefined, "The server answered with status 400."],
  ])("show %s", (_, body, message) => {
    expect(apiError(400, body).message).toBe(message);
  });

  it("keep the errors by field", () => {
    const error = apiError(400, { validationErrors: { Name: ["Too long."], Email: "Wrong." } });
    expect(error.fields).toEqual({ Name: ["Too long."], Email: ["Wrong."] });
  });

  it.each([
    [
      "wrongPassword",
      {
        error: "invalid_grant",
        error_description: "invalid_username_or_password",
        ErrorModel: { Message: "m" },
      },
    ],
    ["twoFactorRequired", { error: "invalid_grant", TwoFactorProviders2: { "0": null } }],
    ["newDevice", { error: "device_error", ErrorModel: { Message: "new device verification required" } }],
    ["newDeviceCodeWrong", { error: "device_error", ErrorModel: { Message: "invalid new device otp" } }],
    ["sessionExpired", { error: "invalid_grant" }],
    ["other", { error: "invalid_client" }],
  ])("of the token endpoint: %s", (kind, body) => {
    expect(identityError(400, body)).toMatchObject({ name: "IdentityError", kind });
  });

  it("list the second factors on offer", () => {
    const body = { error: "invalid_grant", TwoFactorProviders2: { "0": null, "1": {} } };
    expect(identityError(400, body)).toMatchObject({ providers: ["0", "1"] });
  });
});

describe("tokenAnswer", () => {
  it("evens out the casing", () => {
    const answer = tokenAnswer({
      access_token: "a",
      refresh_token: "r",
      expires_in: 60,
      ForcePasswordReset: true,
      MasterPasswordPolicy: { Object: "masterPasswordPolicy", MinLength: 14, EnforceOnLogin: true },
      UserDecryptionOptions: {
        MasterPasswordUnlock: {
          Kdf: { KdfType: 1, Iterations: 3, Memory: 64, Parallelism: 4 },
          MasterKeyEncryptedUserKey: "2.x",
          Salt: "s",
        },
      },
    });
    expect(answer).toMatchObject({
      accessToken: "a",
      refreshToken: "r",
      expiresIn: 60,
      forcePasswordReset: true,
      rulesAtLogin: { minLength: 14, minComplexity: 0, requireUpper: false },
      accountKeys: null,
      unlock: {
        kdf: { kdfType: 1, iterations: 3, memory: 64, parallelism: 4 },
        masterKeyEncryptedUserKey: "2.x",
        salt: "s",
      },
    });
  });

  it.each([undefined, { object: "masterPasswordPolicy" }, { MinLength: 14, EnforceOnLogin: false }])(
    "asks nothing of the present password: %j",
    (policy) => {
      expect(tokenAnswer({ access_token: "a", MasterPasswordPolicy: policy }).rulesAtLogin).toBeNull();
    },
  );

  it("refuses an answer without a token", () => {
    expect(() => tokenAnswer({})).toThrow(TypeError);
  });
});
