import { readFile } from "node:fs/promises";
import { type Browser, expect, ownAddress, type Page, test } from "./support/fixtures.ts";
import { expectUnlocked, fillRegistration, type Person, somebody } from "./support/people.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const client = "Example Bakery";

const section = (page: Page, id: string) =>
  page.getByRole("tab", { name: t(`console.section.${id}`), exact: true });
const row = (page: Page, name: string) => page.getByRole("row", { name });

/** Registers by an invitation and accepts it; gives the page, in which the new vault can be opened. */
async function accept(browser: Browser, link: string, person: Person): Promise<Page> {
  const context = await browser.newContext({ extraHTTPHeaders: ownAddress(), ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(link);
  await fillRegistration(page, person);
  await page.getByRole("button", { name: t("auth.acceptAs", { email: person.email }) }).click();
  await page.getByRole("button", { name: t("auth.toVault") }).click();
  await expectUnlocked(page);
  return page;
}

async function confirm(page: Page, person: Person): Promise<void> {
  await row(page, person.name)
    .getByRole("button", { name: t("client.confirm"), exact: true })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(client);
  await expect(dialog.locator("output")).toHaveText(/^([a-z]+-){4}[a-z]+$/);
  await dialog.getByRole("button", { name: t("client.confirmAction", { name: client }) }).click();
  await page.getByRole("button", { name: new RegExp(`^${t("console.people.filters.all")}`) }).click();
  await expect(row(page, person.name)).toContainText(t("client.statuses.2"));
}

async function menu(page: Page, name: string, act: string): Promise<void> {
  await page.getByRole("button", { name: t("console.people.actsOf", { person: name }) }).click();
  await page.getByRole("menuitem", { name: act, exact: true }).click();
}

/** Invites by a pasted list; gives the link of each address. */
async function invite(page: Page, list: string, emails: string[]): Promise<Record<string, string>> {
  await page.getByRole("button", { name: t("console.people.invite") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("console.invite.emails")).fill(list);
  await dialog
    .getByRole("button", {
      name: t(`console.invite.actionCount_${emails.length === 1 ? "one" : "other"}`, {
        count: emails.length,
      }),
    })
    .click();
  const links: Record<string, string> = {};
  for (const email of emails) {
    const copy = dialog.getByRole("button", { name: t("console.invite.copyLinkOf", { email }) });
    await copy.click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain(encodeURIComponent(email));
    links[email] = await page.evaluate(() => navigator.clipboard.readText());
  }
  await dialog.getByRole("button", { name: t("common.done") }).click();
  return links;
}

test("a technician looks after the people of a client, and its owner does so too", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  const technician = somebody("Tessa Toolbox");
  const owner = somebody("Otto Owner");
  const ida = somebody("Ida Intern");
  const paul = somebody("Paul Pastry");
  try {
    await setUpProvider(page, server, technician);
    const link = await createClient(page, client, owner.email);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("provider.openClient") })
      .click();
    const ownerPage = await accept(browser, link, owner);

    await test.step("the overview says that the owner waits, and leads to him", async () => {
      await section(page, "overview").click();
      await expect(page.getByText(t("client.waiting_one", { count: 1 }))).toBeVisible();
      await page.getByRole("link", { name: t("console.overview.confirm"), exact: true }).click();
      await confirm(page, owner);
    });

    const links = await test.step("she invites two at once, and gets their links", () =>
      invite(page, `Name,E-Mail\n${ida.name},${ida.email}\n${paul.name},${paul.email}`, [
        ida.email,
        paul.email,
      ]));

    await accept(browser, links[ida.email] ?? "", ida);

    await test.step("she makes a group with access to a collection", async () => {
      await section(page, "groups").click();
      await page.getByRole("button", { name: t("console.groups.new") }).click();
      const panel = page.getByRole("dialog");
      await panel.getByRole("textbox", { name: t("common.name") }).fill("Bakers");
      await panel.getByRole("tab", { name: t("console.groups.tab.members") }).click();
      await panel.getByRole("checkbox", { name: ida.name }).check();
      await panel.getByRole("tab", { name: t("console.groups.tab.collections") }).click();
      await panel.getByRole("checkbox", { name: t("client.defaultCollection") }).check();
      await panel.getByRole("combobox").selectOption(t("client.level.view"));
      await panel.getByRole("button", { name: t("common.save") }).click();
      await expect(row(page, "Bakers")).toContainText(t("client.defaultCollection"));
    });

    await test.step("she gives a person a custom role, and finds it again", async () => {
      await section(page, "people").click();
      await confirm(page, ida);
      await menu(page, ida.name, t("console.act.role"));
      const panel = page.getByRole("dialog");
      await panel.getByRole("radio", { name: t("client.roles.4"), exact: true }).check();
      await panel.getByRole("checkbox", { name: t("console.permission.accessEventLogs") }).check();
      await panel.getByRole("button", { name: t("common.save") }).click();
      await expect(row(page, ida.name)).toContainText(t("client.roles.4"));
      await menu(page, ida.name, t("console.act.role"));
      await expect(
        panel.getByRole("checkbox", { name: t("console.permission.accessEventLogs") }),
      ).toBeChecked();
      await panel.getByRole("button", { name: t("common.cancel") }).click();
    });

    await test.step("she offboards her, sees what she reached, and saves the list", async () => {
      await menu(page, ida.name, t("console.act.offboard"));
      const dialog = page.getByRole("dialog");
      await expect(dialog).toContainText(t("console.offboard.via", { groups: "Bakers" }));
      await dialog
        .getByRole("button", { name: t("console.offboard.revokeAction", { name: client }) })
        .click();
      await expect(dialog.getByRole("status")).toContainText(
        t("console.offboard.revokeDone", { person: ida.name, name: client }),
      );
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(row(page, ida.name)).toContainText(t("client.statuses.revoked"));
    });

    await test.step("the owner takes her back and removes another, in his own Admin Console", async () => {
      await ownerPage.reload();
      await ownerPage.getByLabel(t("auth.masterPassword"), { exact: true }).fill(owner.password);
      await ownerPage.getByRole("button", { name: t("auth.unlockAction"), exact: true }).click();
      await expectUnlocked(ownerPage);
      await ownerPage.getByTitle(t("shell.switchProduct")).click();
      await ownerPage.getByRole("menuitem", { name: t("shell.adminConsoleOf", { name: client }) }).click();
      await ownerPage
        .getByRole("navigation", { name: t("shell.navigation") })
        .getByRole("link", { name: t("console.section.people") })
        .click();
      await ownerPage.getByRole("checkbox", { name: t("vault.select", { name: ida.name }) }).check();
      await ownerPage.getByRole("checkbox", { name: t("vault.select", { name: paul.email }) }).check();
      await ownerPage.getByRole("button", { name: t("console.bulk.restore_one", { count: 1 }) }).click();
      const dialog = ownerPage.getByRole("dialog");
      await dialog.getByRole("button", { name: t("console.bulk.restoreAction") }).click();
      await expect(dialog).toContainText(t("console.bulk.state.done"));
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(row(ownerPage, ida.name)).toContainText(t("client.statuses.2"));
      await menu(ownerPage, paul.email, t("console.act.remove"));
      await dialog.getByRole("button", { name: t("console.bulk.removeAction") }).click();
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(row(ownerPage, paul.email)).toHaveCount(0);
    });

    await test.step("he saves the list of people", async () => {
      await ownerPage
        .getByRole("main")
        .getByRole("button", { name: t("common.more"), exact: true })
        .click();
      const saving = ownerPage.waitForEvent("download");
      await ownerPage.getByRole("menuitem", { name: t("console.people.export") }).click();
      const file = await (await saving).path();
      const content = await readFile(file, "utf8");
      expect(content).toContain(`${ida.email},${ida.name},${t("client.statuses.2")},${t("client.roles.4")}`);
      expect(content).not.toContain(paul.email);
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
