import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page, test } from "./support/fixtures.ts";
import { accountMenu, type Person, somebody } from "./support/people.ts";
import { closeCreated, joinTeam, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const provider = "Example IT Services";
const bakery = "Example Bakery";
const garage = "Example Garage";

const row = (page: Page, name: string) => page.getByRole("row", { name });
const dialogOf = (page: Page) => page.getByRole("dialog");

async function menu(page: Page, name: string, act: string): Promise<void> {
  await page.getByRole("button", { name: t("console.people.actsOf", { person: name }) }).click();
  await page.getByRole("menuitem", { name: act, exact: true }).click();
}

/** Invites service users for one client alone; gives the link of each. */
async function invite(page: Page, emails: string[]): Promise<string[]> {
  await page.getByRole("button", { name: t("staff.invite") }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel(t("console.invite.emails")).fill(emails.join("\n"));
  await dialog.getByRole("radio", { name: t("staff.assignedClients") }).check();
  await expect(dialog).toContainText(t("staff.words.none"));
  await dialog.getByRole("checkbox", { name: bakery }).check();
  await expect(dialog).toContainText(t("staff.words.some_one", { count: 1, total: 2 }));
  await dialog
    .getByRole("button", { name: t("console.invite.actionCount_other", { count: emails.length }) })
    .click();
  const links: string[] = [];
  for (const email of emails) {
    await dialog.getByRole("button", { name: t("console.invite.copyLinkOf", { email }) }).click();
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toContain(encodeURIComponent(email));
    links.push(await clipboard());
  }
  await dialog.getByRole("button", { name: t("common.done") }).click();
  return links;
}

async function confirm(page: Page, person: Person): Promise<void> {
  await expect(page.getByText(t("staff.waiting_one", { count: 1 }))).toBeVisible();
  await row(page, person.name)
    .getByRole("button", { name: t("client.confirm"), exact: true })
    .click();
  const dialog = dialogOf(page);
  await expect(dialog.locator("output")).toHaveText(/^([a-z]+-){4}[a-z]+$/);
  await dialog.getByRole("button", { name: t("client.confirmAction", { name: provider }) }).click();
  await expect(dialog).toContainText(t("console.bulk.state.done"));
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(row(page, person.name)).toContainText(t("client.statuses.2"));
}

/** The clients that somebody finds in the portal. */
async function clientsOf(page: Page): Promise<string[]> {
  await accountMenu(page, t("shell.sync"));
  await page.getByTitle(t("shell.switchProduct")).click();
  await page.getByRole("menuitem", { name: t("shell.providerPortalOf", { name: provider }) }).click();
  await page
    .getByRole("navigation", { name: t("shell.navigation") })
    .getByRole("link", { name: t("portal.section.clients") })
    .click();
  await expect(row(page, bakery)).toBeVisible();
  await accountMenu(page, t("shell.sync"));
  await expect(page.getByText(t("shell.synced")).last()).toBeVisible();
  return Promise.all(
    [bakery, garage].map(async (name) => ((await row(page, name).count()) > 0 ? name : "–")),
  );
}

async function teamWalk(page: Page, browser: Browser, server: Server): Promise<void> {
  const admin = somebody("Tessa Toolbox");
  const toni = somebody("Toni Technician");
  const nora = somebody("Nora Never");
  await setUpProvider(page, server, admin);
  for (const client of [bakery, garage]) {
    await createClient(page, client, somebody("Otto Owner").email);
    await closeCreated(page);
  }
  await openPortal(page, "people");

  const [link = ""] = await test.step("she invites two for one client alone", () =>
    invite(page, [toni.email, nora.email]));
  const toniPage = await joinTeam(browser, link, toni);
  await test.step("she confirms who has accepted, by the phrase", () => confirm(page, toni));

  await test.step("he finds that client alone, and nothing of the administration", async () => {
    expect(await clientsOf(toniPage)).toEqual([bakery, "–"]);
    const sections = toniPage.getByRole("navigation", { name: t("shell.navigation") });
    await expect(sections.getByRole("link", { name: t("portal.section.people") })).toHaveCount(0);
    await expect(sections.getByRole("link", { name: t("portal.section.keys") })).toHaveCount(0);
  });

  await test.step("she lets him reach all clients until a day", async () => {
    await expect(row(page, toni.name)).toContainText(t("staff.someClients_one", { count: 1 }));
    await menu(page, toni.name, t("staff.edit"));
    const panel = dialogOf(page);
    await panel.getByRole("radio", { name: t("staff.allClients") }).check();
    const next = new Date().getFullYear() + 1;
    await panel.getByLabel(t("staff.endsOn")).fill(`${next}-12-31`);
    await expect(panel).toContainText(t("staff.words.all_other", { count: 2 }));
    await panel.getByRole("button", { name: t("common.save") }).click();
    await expect(row(page, toni.name)).toContainText(`31 Dec ${next}`);
    expect(await clientsOf(toniPage)).toEqual([bakery, garage]);
  });

  await test.step("she sends an invitation again and removes it, with a result for each", async () => {
    await page.getByRole("button", { name: new RegExp(`^${t("staff.filters.invited")}`) }).click();
    await page.getByRole("checkbox", { name: t("staff.mark", { name: nora.email }) }).check();
    await page.getByRole("button", { name: t("console.bulk.resend_one", { count: 1 }) }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: t("console.bulk.resendAction") }).click();
    await expect(dialog).toContainText(t("console.bulk.state.done"));
    await dialog.getByRole("button", { name: t("common.done") }).click();
    await page.getByRole("button", { name: t("console.bulk.remove_one", { count: 1 }) }).click();
    await dialog.getByRole("button", { name: t("console.bulk.removeAction") }).click();
    await expect(dialog).toContainText(t("console.bulk.state.done"));
    await dialog.getByRole("button", { name: t("common.done") }).click();
    await expect(page.getByText(t("staff.none.invited"))).toBeVisible();
    await page.getByRole("button", { name: new RegExp(`^${t("staff.filters.all")}`) }).click();
  });

  await test.step("she offboards him everywhere, after seeing what ends", async () => {
    await menu(page, toni.name, t("staff.offboardEverywhere"));
    const dialog = dialogOf(page);
    await expect(dialog).toContainText(t("staff.lists.noClients"));
    await dialog.getByRole("button", { name: t("staff.offboardAction") }).click();
    await expect(dialog).toContainText(t("staff.offboarded", { who: toni.name, name: provider }));
    const saving = page.waitForEvent("download");
    await dialog.getByRole("button", { name: t("staff.saveResult") }).click();
    const content = await readFile(await (await saving).path(), "utf8");
    expect(content).toContain(`${t("staff.report.provider")},${provider},,,${t("staff.report.ended")}`);
    await dialog.getByRole("button", { name: t("common.done") }).click();
    await expect(row(page, toni.name)).toHaveCount(0);
    await accountMenu(toniPage, t("shell.sync"));
    await expect(toniPage.getByText(t("portal.goneTitle"))).toBeVisible();
  });
}

test("an administrator looks after the team: invites, confirms, assigns, offboards", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await teamWalk(page, browser, server);
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
