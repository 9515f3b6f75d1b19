import { readFile } from "node:fs/promises";
import { manyClients } from "./screens/manyClients.ts";
import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { client, join } from "./support/organization.ts";
import { somebody, unlock } from "./support/people.ts";
import { closeCreated, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const formula = "=1+1 Example Dairy";
const row = (page: Page, name: string) => page.getByRole("row", { name });
const confirmations = (page: Page) =>
  page
    .getByRole("region", { name: t("overview.needsMe") })
    .getByRole("button", { name: t("overview.waiting_one", { count: 1 }) });

async function filter(page: Page, password: string): Promise<void> {
  await expect(row(page, client)).toContainText(t("overview.short.confirmations"));
  await confirmations(page).click();
  await expect(page).toHaveURL(/need=confirmations/);
  await expect(row(page, formula)).toBeHidden();
  await page.getByRole("button", { name: t("overview.column.seats"), exact: true }).click();
  await expect(page).toHaveURL(/sort=seats/);
  // The address is enough to find it again.
  await page.reload();
  await unlock(page, password);
  await expect(row(page, client)).toBeVisible();
  await expect(row(page, formula)).toBeHidden();
  await expect(confirmations(page)).toHaveAttribute("aria-pressed", "true");
  await confirmations(page).click();
  await expect(row(page, formula)).toBeVisible();
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press("/");
  await page.keyboard.type("bake");
  await expect(row(page, formula)).toBeHidden();
  await expect(page.getByText(t("common.of", { shown: 1, total: 2 }))).toBeVisible();
  await page.getByRole("searchbox").fill("");
}

async function columns(page: Page): Promise<void> {
  const drift = page.getByRole("columnheader", { name: t("overview.column.drift") });
  await expect(drift).toBeVisible();
  await page.getByRole("button", { name: t("ui.columns") }).click();
  await page.getByRole("menuitemcheckbox", { name: t("overview.column.drift") }).click();
  await page.keyboard.press("Escape");
  await expect(drift).toBeHidden();
  await openPortal(page, "clients");
  await openPortal(page, "overview");
  await expect(row(page, client)).toBeVisible();
  await expect(drift).toBeHidden();
}

async function exported(page: Page): Promise<void> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: t("overview.export.action") }).click();
  const lines = (await readFile(await (await waiting).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith(`'${formula},`))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith("="))).toEqual([]);
}

/** Hovering shows what is behind the row, and so does the focus. */
async function preview(page: Page): Promise<void> {
  const twoStep = page.getByText(t("overview.nobody"));
  await row(page, client).getByRole("link", { name: client }).hover();
  await expect(page.getByText(t("overview.noBaseline"))).toBeVisible();
  await expect(twoStep).toBeHidden();
  await page.mouse.move(0, 0);
  await expect(page.getByText(t("overview.noBaseline"))).toBeHidden();
  await row(page, client).getByRole("link", { name: client }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText(t("overview.noBaseline"))).toBeVisible();
  await page.keyboard.press("Escape");
}

test("the overview shows what needs somebody, and leads there", async ({ page, browser }) => {
  const server = await Server.start();
  const technician = somebody("Tessa Toolbox");
  const owner = somebody("Otto Owner");
  try {
    await setUpProvider(page, server, technician);
    await check(page, "a provider without clients");
    const link = await createClient(page, client, owner.email);
    await closeCreated(page);
    await createClient(page, formula, "dora@example.test");
    await closeCreated(page);
    const ownerPage = await join(browser, link, owner);
    await ownerPage.context().close();
    await openPortal(page, "clients");
    await page.reload();
    await unlock(page, technician.password);
    await openPortal(page, "overview");
    await check(page, "the overview of clients");
    await filter(page, technician.password);
    await search(page);
    await columns(page);
    await exported(page);
    await preview(page);
    await row(page, client).getByRole("link", { name: client }).press("Enter");
    await expect(page.getByRole("heading", { name: client, level: 1 })).toBeVisible();
  } finally {
    await server.stop();
  }
});

test("a thousand clients are listed, sorted and searched at once", async ({ page }) => {
  const server = await Server.start();
  try {
    const technician = somebody("Tessa Toolbox");
    await setUpProvider(page, server, technician);
    await createClient(page, client, "otto@example.test");
    await closeCreated(page);
    await manyClients(page);
    await page.reload();
    await unlock(page, technician.password);
    await openPortal(page, "overview");
    await expect(page.getByText(t("common.of", { shown: "1,000", total: "1,000" }))).toBeVisible();
    expect(await page.getByRole("row").count()).toBeLessThan(80);
    await page.getByRole("button", { name: t("overview.column.health"), exact: true }).click();
    await page.getByRole("button", { name: t("overview.column.health"), exact: true }).click();
    await expect(page.getByRole("row").nth(1)).toContainText(t("overview.short.noOwner"));
    await page.getByRole("searchbox").fill("Bakery 996");
    await expect(page.getByText(t("common.of", { shown: "1", total: "1,000" }))).toBeVisible();
    await check(page, "the overview of a thousand clients");
  } finally {
    await server.stop();
  }
});
