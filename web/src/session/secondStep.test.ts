import { describe, expect, it } from "vitest";
import { email, loggedIn, password } from "@/sync/testdata/core";

const kinds = (server: { calls: readonly { path: string; body: unknown }[] }) =>
  server.calls
    .filter(({ path }) => path === "/identity/connect/token")
    .map(({ body }) => (body as Record<string, string>).twoFactorProvider);

async function withTwoStep() {
  const around = await loggedIn();
  around.server.secondStep = "123456";
  await around.core.session.logout();
  around.server.calls.length = 0;
  return around;
}

describe("the second step", () => {
  it("is asked for after the password, and a wrong code is told apart from a wrong password", async () => {
    const { core } = await withTwoStep();
    await expect(core.session.login({ email, password })).rejects.toMatchObject({
      kind: "twoFactorRequired",
      providers: ["0"],
    });
    const wrong = { provider: 0, code: "000000" } as const;
    await expect(core.session.login({ email, password, secondStep: wrong })).rejects.toMatchObject({
      kind: "twoFactorCodeWrong",
    });
    await core.session.login({ email, password, secondStep: { provider: 0, code: "123456" } });
    expect(core.session.getSnapshot().status).toBe("unlocked");
  });

  it("is left out on a device that was to be remembered", async () => {
    const { core, server } = await withTwoStep();
    const secondStep = { provider: 0, code: "123456", remember: true } as const;
    await core.session.login({ email, password, secondStep });
    await core.session.logout();
    await core.session.login({ email, password });
    expect(kinds(server)).toEqual(["0", "5"]);
  });

  it("is asked for again when the device is no longer remembered", async () => {
    const { core, server, browserStorage } = await withTwoStep();
    browserStorage.setItem("kastellan.remember", JSON.stringify({ [email]: "stale", "bob@x.test": "his" }));
    await expect(core.session.login({ email, password })).rejects.toMatchObject({
      kind: "twoFactorRequired",
    });
    expect(browserStorage.getItem("kastellan.remember")).toBe(JSON.stringify({ "bob@x.test": "his" }));
    await expect(core.session.login({ email, password })).rejects.toMatchObject({
      kind: "twoFactorRequired",
    });
    expect(kinds(server)).toEqual(["5", undefined]);
  });
});
