import { readFile } from "node:fs/promises";
import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { client, found, openSection, turnOn } from "./support/organization.ts";
import { openPortal } from "./support/portal.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const dialogOf = (page: Page) => page.getByRole("dialog");
const table = (page: Page) => page.getByRole("table", { name: t("portal.section.audit") });

async function addFilter(page: Page, key: string, choice: string): Promise<void> {
  await page.getByRole("button", { name: t("filters.add"), exact: true }).click();
  await page.getByRole("menuitem", { name: t(key), exact: true }).click();
  await dialogOf(page).getByRole("checkbox", { name: choice }).check();
  await dialogOf(page)
    .getByRole("button", { name: t("filters.apply") })
    .click();
  await expect(dialogOf(page)).toBeHidden();
}

/** What staff and the people of clients do is one stream, and the search finds everybody. */
test("a provider's administrator reads what happened everywhere, and finds people", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, technician, owner, ownerPage } = await found(page, browser, server);
    await turnOn(ownerPage, id, 3);

    await test.step("acts of the provider and of its clients are one log", async () => {
      await openPortal(page, "audit");
      const rows = table(page).getByRole("row");
      const created = t("audit.type.1900", { what: client });
      await expect(rows.filter({ hasText: created })).toContainText(technician.name);
      const policy = rows.filter({ hasText: owner.name }).filter({ hasText: client });
      await expect(policy.first()).toBeVisible();
      await check(page, "the audit log");
    });

    await test.step("filters are chips in the address", async () => {
      await addFilter(page, "audit.by.categories", t("audit.category.policy"));
      await expect(page).toHaveURL(/categories=policy/);
      await expect(table(page).getByRole("row").filter({ hasText: owner.name }).first()).toBeVisible();
      await expect(table(page)).not.toContainText(t("audit.type.1900", { what: client }));
      await page.reload();
      await expect(page.getByLabel(t("auth.masterPassword"), { exact: true })).toBeVisible();
      await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(technician.password);
      await page.getByRole("button", { name: t("auth.unlockAction"), exact: true }).click();
      const label = t("audit.by.categories");
      const value = t("audit.category.policy");
      await page.getByRole("button", { name: t("filters.drop", { label, value }) }).click();
      await expect(page).not.toHaveURL(/categories/);
      await page.getByRole("button", { name: owner.name, exact: true }).first().click();
      await expect(page).toHaveURL(/acting=/);
      await expect(table(page)).not.toContainText(technician.name);
      await addFilter(page, "audit.by.clients", client);
      await expect(page).toHaveURL(/clients=/);
      await check(page, "the filtered audit log");
    });

    await test.step("what the filters leave is a file", async () => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: t("events.export") }).click();
      const file = await readFile(await (await download).path(), "utf8");
      expect(file).toContain(owner.email);
      expect(file).not.toContain(technician.email);
    });

    await test.step("days without anything say so", async () => {
      await page.getByRole("button", { name: new RegExp(`^${t("audit.days")}`) }).click();
      await dialogOf(page).getByLabel(t("events.from")).fill("2020-01-01");
      await dialogOf(page).getByLabel(t("events.to")).fill("2020-01-02");
      await dialogOf(page)
        .getByRole("button", { name: t("filters.apply") })
        .click();
      await expect(page.getByText(t("events.none"))).toBeVisible();
    });

    await test.step("the search finds a person, and filters by state", async () => {
      await openPortal(page, "search");
      await expect(page.getByText(t("find.begin"))).toBeVisible();
      await check(page, "the empty search");
      await page.getByRole("searchbox", { name: t("find.label") }).fill("otto");
      const row = page.getByRole("row", { name: owner.name });
      await expect(row).toContainText(client);
      await expect(page).toHaveURL(/q=otto/);
      await addFilter(page, "find.by.status", t("client.statuses.0"));
      await expect(page.getByText(t("find.nobody"))).toBeVisible();
      const label = t("find.by.status");
      const value = t("client.statuses.0");
      await page.getByRole("button", { name: t("filters.drop", { label, value }) }).click();
      await check(page, "people that were found");
      await page.getByRole("link", { name: owner.name }).click();
      await expect(dialogOf(page).getByRole("heading", { name: owner.name })).toBeVisible();
    });

    await test.step("so does the palette, from anywhere", async () => {
      await page.keyboard.press("Escape");
      await page
        .getByRole("link", { name: t("portal.section.clients"), exact: true })
        .first()
        .click();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("otto");
      await page.getByRole("option", { name: owner.name }).click();
      await expect(page).toHaveURL(/people\?member=/);
    });

    await test.step("the client's own log says who looked into its vault", async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("tab", { name: t("console.section.collections"), exact: true }).click();
      await expect(page.getByRole("heading", { name: t("console.section.collections") })).toBeVisible();
      await page.getByRole("tab", { name: t("console.section.events"), exact: true }).click();
      await page.getByRole("link", { name: t("events.inAudit") }).click();
      await expect(page).toHaveURL(/audit\?clients=/);
      await expect(table(page).getByText(t("audit.type.1603")).first()).toBeVisible();
      await openSection(ownerPage, id, "events");
      await expect(ownerPage.getByText(t("events.type.1603")).first()).toBeVisible();
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
