import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { expect, ownAddress, type Page, test } from "./support/fixtures.ts";
import { act, createLogin, detail, itemRow, uncover, view } from "./support/items.ts";
import { expectUnlocked, fillRegistration, somebody, unlock } from "./support/people.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server, type Settings } from "./support/server.ts";
import { t } from "./support/words.ts";

const client = "Example Bakery";
const secret = "Crumb!42 under the oven";

/** From the set-up link to the owner who reads what the technician stored. */
async function walk(page: Page, ownerPage: Page, server: Server): Promise<void> {
  const technician = somebody("Tessa Toolbox");
  const owner = somebody("Otto Owner");

  await test.step("the technician registers by the set-up link and names the provider", async () => {
    await setUpProvider(page, server, technician);
  });

  const link = await test.step("she creates a client and gets the owner's invitation", () =>
    inviteOwner(page, owner.email));

  await test.step("the owner registers by the link and accepts", async () => {
    await ownerPage.goto(link);
    await expect(
      ownerPage.getByRole("heading", { name: t("auth.joinTitle", { name: client }) }),
    ).toBeVisible();
    await expect(ownerPage.getByLabel(t("common.email"))).toHaveValue(owner.email);
    await fillRegistration(ownerPage, owner);
    await ownerPage.getByRole("button", { name: t("auth.acceptAs", { email: owner.email }) }).click();
    await expect(ownerPage.getByRole("heading", { name: t("auth.joinedTitle") })).toBeVisible();
    await ownerPage.getByRole("button", { name: t("auth.toVault") }).click();
    await expectUnlocked(ownerPage);
    await expect(ownerPage.getByText(client)).toHaveCount(0);
  });

  await test.step("she compares the fingerprint phrase and confirms him", async () => {
    await ownerPage.goto(`${new URL(link).origin}/#/settings/profile`);
    const phrase = ownerPage.locator("output");
    await expect(phrase).toHaveText(/^([a-z]+-){4}[a-z]+$/);
    await confirmOwner(page, (await phrase.textContent()) ?? "", owner.name);
  });

  await test.step("she makes a collection that he sees, and an item in it", async () => {
    await createCollection(page, "Ovens", owner.name);
    await createItem(page);
  });

  await test.step("he finds both after a sync and reads the password", async () => {
    await ownerPage.getByTitle(t("shell.accountMenu")).click();
    await ownerPage.getByRole("menuitem", { name: t("shell.sync") }).click();
    await ownerPage.goto(`${new URL(link).origin}/#/vault`);
    await expect(ownerPage.getByRole("link", { name: client })).toBeVisible();
    await ownerPage.getByRole("link", { name: "Ovens" }).click();
    await ownerPage.getByRole("button", { name: "Oven control" }).click();
    await ownerPage.getByRole("button", { name: t("ui.show"), exact: true }).click();
    await expect(ownerPage.getByText(secret, { exact: true })).toBeVisible();
    await expect(ownerPage.getByText(`${client} · Ovens`)).toBeVisible();
  });

  await test.step("he hands her an item of his own by moving it to the organization", async () => {
    await view(ownerPage, t("vault.view.all"));
    await createLogin(ownerPage, "Alarm system", { [t("vault.password")]: "ring-ring" });
    await act(ownerPage, t("vault.shareWith"));
    const dialog = ownerPage.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "Ovens" }).check();
    await dialog.getByRole("button", { name: t("vault.shareAction", { name: client }) }).click();
    await expect(detail(ownerPage).getByText(`${client} · Ovens`)).toBeVisible();
    await page.reload();
    await unlock(page, technician.password);
    await itemRow(page, "Alarm system").click();
    await uncover(page);
    await expect(detail(page)).toContainText("ring-ring");
  });
}

async function inviteOwner(page: Page, email: string): Promise<string> {
  const link = await createClient(page, client, email);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("provider.copyLink") }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await dialog.getByRole("button", { name: t("provider.openClient") }).click();
  await expect(page.getByRole("heading", { name: client, level: 1 })).toBeVisible();
  await page
    .getByRole("link", { name: t("shell.clients") })
    .first()
    .click();
  const row = page.getByRole("row", { name: client });
  await expect(row).toContainText(t("provider.planName.19"));
  await expect(row).toContainText("7");
  await row.getByRole("link", { name: client }).click();
  return link;
}

async function confirmOwner(page: Page, phrase: string, name: string): Promise<void> {
  await page.getByRole("tab", { name: t("console.section.people") }).click();
  const row = page.getByRole("row", { name });
  await expect(row).toContainText(t("client.statuses.1"));
  await row.getByRole("button", { name: t("client.confirm"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator("output")).toHaveText(phrase);
  await dialog.getByRole("button", { name: t("client.confirmAction", { name: client }) }).click();
  await expect(row).toContainText(t("client.statuses.2"));
}

async function createCollection(page: Page, name: string, member: string): Promise<void> {
  await page.getByRole("tab", { name: t("vault.collections") }).click();
  await page.getByRole("button", { name: t("client.newCollection") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("common.name")).fill(name);
  await dialog.getByRole("tab", { name: t("collections.access") }).click();
  await expect(dialog.getByRole("checkbox", { name: member })).toBeChecked();
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name, exact: true }).click();
}

async function createItem(page: Page): Promise<void> {
  await page.getByRole("button", { name: t("vault.empty.action") }).click();
  const form = page.locator("form");
  await form.getByLabel(t("common.name"), { exact: true }).fill("Oven control");
  await form.getByLabel(t("vault.username"), { exact: true }).fill("baker");
  await form.getByLabel(t("vault.password"), { exact: true }).fill(secret);
  await form.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("heading", { name: "Oven control" })).toBeVisible();
}

/** A database of its own in the cluster that TEST_POSTGRES names. */
async function postgresSettings(cluster: string): Promise<Settings> {
  const name = `e2e_${randomUUID().replaceAll("-", "")}`;
  await promisify(execFile)("psql", [
    "--no-psqlrc",
    "--quiet",
    "--command",
    `CREATE DATABASE ${name}`,
    cluster,
  ]);
  const url = new URL(cluster.replace("@/", "@cluster/"));
  url.pathname = `/${name}`;
  return { "database-url": url.href.replace("@cluster/", "@/") };
}

for (const database of ["SQLite", "PostgreSQL"]) {
  test(`a technician works inside a client's vault, on ${database}`, async ({ page, browser }) => {
    const cluster = process.env.TEST_POSTGRES ?? "";
    test.skip(database === "PostgreSQL" && !cluster, "TEST_POSTGRES names no cluster");
    const server = await Server.start(database === "PostgreSQL" ? await postgresSettings(cluster) : {});
    // Invitations carry the address for official apps, whose certificate only this machine's authority vouches for.
    const other = await browser.newContext({ extraHTTPHeaders: ownAddress(), ignoreHTTPSErrors: true });
    try {
      await walk(page, await other.newPage(), server);
    } finally {
      await other.close();
      await server.stop();
    }
  });
}
