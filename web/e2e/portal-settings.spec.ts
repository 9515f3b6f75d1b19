import { expect, type Page, test } from "./support/fixtures.ts";
import { type Person, somebody } from "./support/people.ts";
import { closeCreated, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const row = (page: Page, name: string) => page.getByRole("row", { name });

/** Creates a key that may only read; gives what its program would log in with. */
async function createKey(page: Page, person: Person): Promise<{ id: string; secret: string }> {
  await page
    .getByRole("button", { name: t("providerKeys.create") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("common.name")).fill("Ticket system");
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: t("providerKeys.create") }).click();
  await expect(dialog).toContainText(t("providerKeys.once"));
  const id = (await dialog.getByText(/^provider\.[0-9a-f-]{36}$/).textContent()) ?? "";
  await dialog.getByRole("button", { name: t("vault.copyField", { field: "client_secret" }) }).click();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByRole("button", { name: t("providerKeys.kept") }).click();
  return { id, secret };
}

test("a key is made for a program, works, and ends when it is deleted", async ({ page }) => {
  const server = await Server.start();
  const person = somebody("Tessa Toolbox");
  try {
    await setUpProvider(page, server, person);
    await openPortal(page, "keys");
    const { id, secret } = await createKey(page, person);
    await expect(row(page, "Ticket system")).toContainText(t("providerKeys.reads"));

    const logIn = () =>
      page.request.post(`${server.url}/identity/connect/token`, {
        form: {
          grant_type: "client_credentials",
          scope: "api.provider",
          client_id: id,
          client_secret: secret,
        },
      });
    const token = await logIn();
    expect(token.status()).toBe(200);
    const { access_token } = (await token.json()) as { access_token: string };
    const headers = { Authorization: `Bearer ${access_token}` };
    const ask = () => page.request.get(`${server.url}/api/public/provider/clients`, { headers });
    expect((await ask()).status()).toBe(200);

    await page
      .getByRole("button", { name: t("providerKeys.deleteNamed", { name: "Ticket system" }) })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: t("providerKeys.delete") }).click();
    await expect(page.getByText(t("providerKeys.none"))).toBeVisible();
    expect((await ask()).status()).toBe(401);
    expect((await logIn()).status()).toBe(400);
  } finally {
    await server.stop();
  }
});

test("the provider is renamed, and deleted once it has no clients", async ({ page }) => {
  const server = await Server.start();
  const person = somebody("Tessa Toolbox");
  const name = "Example Systems House";
  try {
    await setUpProvider(page, server, person);
    await openPortal(page, "settings");
    await test.step("the name is shown everywhere at once", async () => {
      await page.getByLabel(t("auth.providerName")).fill(name);
      await page.getByLabel(t("providerSettings.businessName")).fill("Example Systems House Ltd");
      await page.getByRole("button", { name: t("common.save") }).click();
      await expect(page.getByTitle(t("shell.switchProduct"))).toContainText(name);
    });

    await test.step("the link of the set-up leads to it now", async () => {
      await page.goto(server.setUpLink);
      await expect(
        page.getByRole("heading", { name: t("portal.section.overview"), exact: true }),
      ).toBeVisible();
    });

    await test.step("it is not deleted while there is a client", async () => {
      await openPortal(page, "clients");
      await createClient(page, "Example Bakery", somebody("Otto Owner").email);
      await closeCreated(page);
      await openPortal(page, "settings");
      await expect(page.getByText(t("providerSettings.hasClients_one", { count: 1 }))).toBeVisible();
      await expect(page.getByRole("button", { name: t("providerSettings.delete") })).toBeDisabled();
      await page.getByRole("link", { name: t("providerSettings.toBilling") }).click();
      await expect(page.getByRole("heading", { name: /^Enterprise × 7 / })).toBeVisible();
    });
  } finally {
    await server.stop();
  }
});

test("a provider without clients is deleted by its name and the password", async ({ page }) => {
  const server = await Server.start();
  const person = somebody("Tessa Toolbox");
  try {
    await setUpProvider(page, server, person);
    await openPortal(page, "settings");
    await page.getByRole("button", { name: t("providerSettings.delete") }).click();
    const dialog = page.getByRole("dialog");
    const name = "Example IT Services";
    await dialog.getByLabel(t("providerSettings.typeName", { name })).fill(name);
    await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill("not the password");
    await dialog.getByRole("button", { name: t("providerSettings.delete") }).click();
    await expect(dialog.getByLabel(t("auth.masterPassword"), { exact: true })).toHaveAttribute(
      "aria-invalid",
      "true",
    );
    await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
    await dialog.getByRole("button", { name: t("providerSettings.delete") }).click();
    await expect(page.getByRole("heading", { name: t("vault.empty.all") })).toBeVisible();
    await page.getByTitle(t("shell.switchProduct")).click();
    await expect(page.getByRole("menuitem", { name: t("shell.providerPortalOf", { name }) })).toHaveCount(0);
  } finally {
    await server.stop();
  }
});

test("a provider is deleted by the operator's link, once it has no clients", async ({ page, browser }) => {
  const server = await Server.start();
  const name = "Example IT Services";
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    const [, id = ""] = /#\/providers\/([^/?]+)/.exec(page.url()) ?? [];
    const printed = await server.command("provider", "delete-link", id);
    const link = /http\S+verify-recover-delete-provider\S+/.exec(printed)?.[0] ?? "";
    // Whoever has the link needs no account.
    const stranger = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    await stranger.goto(link);
    await expect(
      stranger.getByRole("heading", { name: t("providerDeletion.title", { name }) }),
    ).toBeVisible();
    await stranger.getByRole("button", { name: t("providerDeletion.action") }).click();
    await expect(stranger.getByRole("heading", { name: t("providerDeletion.done") })).toBeVisible();
    await stranger.context().close();
  } finally {
    await server.stop();
  }
});
