import { type Browser, expect, ownAddress, type Page } from "./fixtures.ts";
import { accountMenu, expectUnlocked, fillRegistration, type Person, somebody } from "./people.ts";
import { createClient, setUpProvider } from "./provider.ts";
import type { Server } from "./server.ts";
import { t } from "./words.ts";

export const client = "Example Bakery";

export type Organization = {
  readonly id: string;
  readonly technician: Person;
  readonly owner: Person;
  /** Where the owner is logged in. */
  readonly ownerPage: Page;
};

/** Registers by an invitation and accepts it; the page shows the new vault. */
export async function join(browser: Browser, link: string, person: Person): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: ownAddress(),
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  await page.goto(link);
  await fillRegistration(page, person);
  await page.getByRole("button", { name: t("auth.acceptAs", { email: person.email }) }).click();
  await page.getByRole("button", { name: t("auth.toVault") }).click();
  await expectUnlocked(page);
  return page;
}

export async function confirm(page: Page, person: Person): Promise<void> {
  const row = page.getByRole("row", { name: person.name });
  await row.getByRole("button", { name: t("client.confirm"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("client.confirmAction", { name: client }) }).click();
  await expect(row).toContainText(t("client.statuses.2"));
}

/** A provider in `page`, with a client whose owner is confirmed and has synced. */
export async function found(page: Page, browser: Browser, server: Server): Promise<Organization> {
  const technician = somebody("Tessa Toolbox");
  const owner = somebody("Otto Owner");
  await setUpProvider(page, server, technician);
  const link = await createClient(page, client, owner.email);
  const id = /organizationId=([^&]+)/.exec(link)?.[1] ?? "";
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("provider.openClient") })
    .click();
  const ownerPage = await join(browser, link, owner);
  await page.getByRole("tab", { name: t("console.section.people") }).click();
  await confirm(page, owner);
  await accountMenu(ownerPage, t("shell.sync"));
  await expect(ownerPage.getByRole("link", { name: client })).toBeVisible();
  return { id, technician, owner, ownerPage };
}

/** A section of the owner's own Admin Console. The page stays, and with it the open vault. */
export async function openSection(page: Page, organizationId: string, section: string): Promise<void> {
  const url = new URL(page.url());
  await page.goto(`${url.origin}/#/organizations/${organizationId}/${section}`);
  await expect(
    page.getByRole("heading", { name: t(`console.section.${section}`), exact: true }).first(),
  ).toBeVisible();
}

/** Invites somebody, as user unless told otherwise, by the owner's page; gives the link. */
export async function invite(
  page: Page,
  organizationId: string,
  person: Person,
  role?: 0 | 1 | 2,
): Promise<string> {
  await openSection(page, organizationId, "people");
  await page.getByRole("button", { name: t("console.people.invite") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("console.invite.emails")).fill(person.email);
  if (role !== undefined) {
    await dialog.getByRole("radio", { name: t(`client.roles.${role}`), exact: true }).check();
  }
  await dialog.getByRole("button", { name: t("console.invite.actionCount_one", { count: 1 }) }).click();
  await dialog.getByRole("button", { name: t("console.invite.copyLinkOf", { email: person.email }) }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain(encodeURIComponent(person.email));
  const link = await clipboard();
  await dialog.getByRole("button", { name: t("common.done") }).click();
  return link;
}

/** Turns a policy on by its panel, which must say that nobody stands in the way. */
export async function turnOn(page: Page, organizationId: string, type: number): Promise<void> {
  await openSection(page, organizationId, "policies");
  await page
    .getByRole("button", { name: t(`policies.name.${type}`) })
    .first()
    .click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("switch", { name: t("policies.enabled") }).click();
  await panel.getByRole("button", { name: t("policies.turnOn") }).click();
  await expect(panel).toBeHidden();
}
