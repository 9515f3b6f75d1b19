import { type Browser, expect, ownAddress, type Page } from "./fixtures.ts";
import { expectUnlocked, fillRegistration, type Person } from "./people.ts";
import { t } from "./words.ts";

/** A section of the provider whose portal is open in the page. */
export async function openPortal(page: Page, section: string): Promise<void> {
  const url = new URL(page.url());
  const [, provider = ""] = /#\/providers\/([^/?]+)/.exec(url.hash) ?? [];
  await page.goto(`${url.origin}/#/providers/${provider}/${section}`);
  await expect(
    page.getByRole("heading", { name: t(`portal.section.${section}`), exact: true }).first(),
  ).toBeVisible();
}

/** Leaves the dialog about a client that was just made. */
export async function closeCreated(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(dialog).toBeHidden();
}

/** Registers by an invitation to a provider's team and accepts it; gives the page with the new vault. */
export async function joinTeam(browser: Browser, link: string, person: Person): Promise<Page> {
  const context = await browser.newContext({ extraHTTPHeaders: ownAddress(), ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(link);
  await fillRegistration(page, person);
  await page.getByRole("button", { name: t("auth.acceptAs", { email: person.email }) }).click();
  await page.getByRole("button", { name: t("auth.toVault") }).click();
  await expectUnlocked(page);
  return page;
}
