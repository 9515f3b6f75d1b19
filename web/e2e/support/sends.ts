import { type Browser, expect, ownAddress, type Page } from "./fixtures.ts";
import { t } from "./words.ts";

export const dialogOf = (page: Page) => page.getByRole("dialog").last();

export async function openSends(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/#/sends`);
  await expect(page.getByRole("heading", { name: t("send.title"), level: 1 })).toBeVisible();
}

/** The form for a new Send. */
export async function newSend(page: Page) {
  await page
    .getByRole("button", { name: t("send.new") })
    .first()
    .click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("heading", { name: t("send.createTitle") })).toBeVisible();
  return dialog;
}

/** What the clipboard holds once a link was copied to it. */
export async function copied(page: Page): Promise<string> {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toMatch(/\/#\/send\/[\w-]{22}\/[\w-]{22}$/);
  return clipboard();
}

/** Saves the form that is open; gives the link that was copied, and leaves the dialog. */
export async function createAndCopy(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(""));
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: t("send.create") }).click();
  await expect(dialog.getByRole("heading", { name: t("send.ready.title") })).toBeVisible();
  await dialog.getByRole("button", { name: t("send.copyLink") }).click();
  const link = await copied(page);
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  return link;
}

/** Somebody without an account who was given a link. */
export async function recipient(browser: Browser, link: string, options = {}): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: ownAddress(),
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: t("receive.title") })).toBeVisible();
  return page;
}

/** Asks for what a link leads to. */
export const show = (page: Page) =>
  page.getByRole("button", { name: t("receive.show"), exact: true }).click();
