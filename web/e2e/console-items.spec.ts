import { readFile } from "node:fs/promises";
import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { detail, itemRow, uncover } from "./support/items.ts";
import { client, found, openSection } from "./support/organization.ts";
import { unlock } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const table = [
  "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp",
  "Network,login,Core switch,,,0,https://switch.example.test,admin,Blink!Twice7,",
  '"Network,Kitchen",login,Guest access,,,0,,guest,"comma, and ""quotes""",',
  ",note,Loose end,nobody sees it,,0,,,,",
].join("\r\n");

async function newCollection(page: Page, name: string, above?: string): Promise<void> {
  await page
    .getByRole("button", { name: t("client.newCollection") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(client);
  await dialog.getByLabel(t("common.name")).fill(name);
  if (above) {
    await dialog.getByLabel(t("collections.nestUnder")).selectOption(above);
  }
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog).toBeHidden();
}

/** From an import to an export, by way of collections, the trash and the log. */
test("an owner arranges the items of the organization", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, owner, ownerPage } = await found(page, browser, server);
    const dialog = ownerPage.getByRole("dialog");
    const tree = ownerPage.getByRole("navigation", { name: t("items.collections") });

    await test.step("collections are nested by their names", async () => {
      await openSection(ownerPage, id, "collections");
      await newCollection(ownerPage, "Network");
      await newCollection(ownerPage, "Routers", "Network");
      await expect(ownerPage.getByRole("row", { name: "Network/Routers" })).toContainText(
        t("client.level.manage"),
      );
    });

    await test.step("a table is imported into collections, old and new", async () => {
      await openSection(ownerPage, id, "import");
      await ownerPage
        .getByLabel(t("settings.importChoose"), { exact: true })
        .last()
        .setInputFiles({
          name: "items.csv",
          mimeType: "text/csv",
          buffer: Buffer.from(table),
        });
      await expect(ownerPage.getByText(t("transfer.found_other", { count: 3 }))).toBeVisible();
      await expect(ownerPage.getByText(t("transfer.makes_one", { count: 1 }))).toBeVisible();
      await expect(ownerPage.getByText(t("transfer.homeless_one", { count: 1 }))).toBeVisible();
      await check(ownerPage, "what an import would do");
      await ownerPage.getByRole("button", { name: t("settings.importAction_other", { count: 3 }) }).click();
      await expect(
        ownerPage.getByText(t("transfer.imported_other", { count: 3, name: client })),
      ).toBeVisible();
    });

    await test.step("the tree counts them, and they can be read", async () => {
      await ownerPage.getByRole("link", { name: t("transfer.lookAtItems") }).click();
      await expect(tree.getByRole("link", { name: `${t("client.allItems")} 3` })).toBeVisible();
      await tree.getByRole("link", { name: `${t("vault.view.unassigned")} 1` }).click();
      await expect(itemRow(ownerPage, "Loose end")).toBeVisible();
      await tree.getByRole("link", { name: "Network 2" }).click();
      await itemRow(ownerPage, "Guest access").click();
      await uncover(ownerPage);
      await expect(detail(ownerPage)).toContainText('comma, and "quotes"');
      await check(ownerPage, "an item of the organization");
    });

    await test.step("marked items are assigned to a nested collection", async () => {
      await tree.getByRole("link", { name: `${t("client.allItems")} 3` }).click();
      await ownerPage.getByRole("checkbox", { name: t("vault.select", { name: "Core switch" }) }).check();
      await ownerPage.getByRole("checkbox", { name: t("vault.select", { name: "Loose end" }) }).check();
      await ownerPage.getByRole("button", { name: t("items.assign") }).click();
      await expect(dialog).toContainText(client);
      await dialog.getByRole("checkbox", { name: "Network/Routers" }).check();
      await check(ownerPage, "the dialog to assign items");
      await dialog.getByRole("button", { name: t("items.assignAction_other", { count: 2 }) }).click();
      await expect(dialog.getByRole("status")).toContainText(t("console.bulk.finished"));
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(tree.getByRole("link", { name: "Routers 2" })).toBeVisible();
      await expect(tree.getByRole("link", { name: `${t("vault.view.unassigned")} 0` })).toBeVisible();
    });

    await test.step("what is in the trash can be taken back", async () => {
      await itemRow(ownerPage, "Loose end").click();
      await detail(ownerPage)
        .getByRole("button", { name: t("common.more"), exact: true })
        .click();
      await ownerPage.getByRole("menuitem", { name: t("vault.moveToTrash") }).click();
      await tree.getByRole("link", { name: `${t("vault.view.trash")} 1` }).click();
      await itemRow(ownerPage, "Loose end").click();
      await detail(ownerPage)
        .getByRole("button", { name: t("vault.restore") })
        .click();
      await expect(tree.getByRole("link", { name: `${t("vault.view.trash")} 0` })).toBeVisible();
    });

    await test.step("the vault is exported after the password, and the file is complete", async () => {
      await openSection(ownerPage, id, "export");
      await check(ownerPage, "the export");
      await ownerPage.getByLabel(t("transfer.format")).selectOption("json");
      await ownerPage.getByLabel(t("auth.masterPassword"), { exact: true }).fill("not the password");
      await ownerPage.getByRole("button", { name: t("transfer.exportAction") }).click();
      await expect(ownerPage.getByText(t("errors.crypto.wrongPassword"))).toBeVisible();
      await ownerPage.getByLabel(t("auth.masterPassword"), { exact: true }).fill(owner.password);
      const saving = ownerPage.waitForEvent("download");
      await ownerPage.getByRole("button", { name: t("transfer.exportAction") }).click();
      const file = JSON.parse(await readFile(await (await saving).path(), "utf8"));
      expect(file.collections.map(({ name }: { name: string }) => name)).toContain("Network/Routers");
      expect(file.items).toHaveLength(3);
      expect(JSON.stringify(file)).toContain("Blink!Twice7");
    });

    await test.step("the log tells of all that, by name", async () => {
      await openSection(ownerPage, id, "events");
      const log = ownerPage.getByRole("table", { name: t("console.section.events") });
      await expect(log.getByRole("row", { name: t("events.type.1602") })).toContainText(owner.name);
      await check(ownerPage, "the log");
      await expect(
        log.getByRole("row", { name: t("events.type.1115", { what: "Loose end" }) }),
      ).toBeVisible();
      await ownerPage.getByLabel(t("events.category")).selectOption("collection");
      await expect(
        log.getByRole("row", { name: t("events.type.1300", { what: "Network/Routers" }) }),
      ).toBeVisible();
      await expect(log.getByRole("row", { name: t("events.type.1602") })).toHaveCount(0);
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});

/** Who may be kept out, and what those see then. */
test("administrators and the provider's staff are kept out of items", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, technician, ownerPage } = await found(page, browser, server);

    await test.step("the owner closes the items to the provider, who is told", async () => {
      await openSection(ownerPage, id, "settings");
      await ownerPage.getByRole("switch").click();
      await expect(ownerPage.getByRole("switch")).not.toBeChecked();
      await page.reload();
      await unlock(page, technician.password);
      await page.getByRole("tab", { name: t("console.section.items") }).click();
      await expect(page.getByText(t("items.staffKeptOut", { name: client }))).toBeVisible();
      await expect(page.getByText(t("items.closedTitle"))).toBeVisible();
    });

    await test.step("the owner keeps administrators out, after a warning", async () => {
      const rule = "orgSettings.rule.allowAdminAccessToAllCollectionItems";
      await ownerPage.getByRole("checkbox", { name: t(rule) }).uncheck();
      await expect(ownerPage.getByText(t("orgSettings.adminsOut"))).toBeVisible();
      await ownerPage
        .locator("form")
        .filter({ has: ownerPage.getByRole("checkbox", { name: t(rule) }) })
        .getByRole("button", { name: t("common.save") })
        .click();
      await expect(ownerPage.getByText(t("orgSettings.saved", { name: client }))).toBeVisible();
      await ownerPage
        .getByRole("navigation", { name: t("shell.navigation") })
        .getByRole("link", { name: t("console.section.items") })
        .click();
      await expect(ownerPage.getByText(t("items.adminsKeptOut", { name: client }))).toBeVisible();
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
