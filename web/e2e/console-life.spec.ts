import { expect, type Page, test } from "./support/fixtures.ts";
import { client, confirm, found, invite, join, openSection } from "./support/organization.ts";
import { accountMenu, somebody } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const row = (page: Page, name: string) => page.getByRole("row", { name });

async function newCollection(page: Page, name: string): Promise<void> {
  await page
    .getByRole("button", { name: t("client.newCollection") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("common.name")).fill(name);
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(row(page, name)).toBeVisible();
}

async function choose(page: Page, name: string, act: string): Promise<void> {
  await page.getByRole("button", { name: t("console.people.actsOf", { person: name }) }).click();
  await page.getByRole("menuitem", { name: act, exact: true }).click();
}

/** What happens to an organization over the years. */
test("an organization grows, changes hands and is emptied", async ({ page, browser }) => {
  const server = await Server.start();
  const nina = somebody("Nina Next");
  try {
    const { id, owner, ownerPage } = await found(page, browser, server);
    const dialog = ownerPage.getByRole("dialog");

    await test.step("more people than seats are not invited, and the owner learns what to do", async () => {
      await openSection(ownerPage, id, "people");
      await ownerPage.getByRole("button", { name: t("console.people.invite") }).click();
      const many = Array.from({ length: 7 }, () => somebody().email);
      await dialog.getByLabel(t("console.invite.emails")).fill(many.join("\n"));
      await expect(dialog.getByText(t("console.invite.over_other", { count: 6 }))).toBeVisible();
      await expect(
        dialog.getByRole("button", { name: t("console.invite.actionCount_other", { count: 7 }) }),
      ).toBeDisabled();
      await dialog.getByLabel(t("console.invite.emails")).fill("");
      await ownerPage.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
    });

    const link = await invite(ownerPage, id, nina);
    const ninasPage = await join(browser, link, nina);
    await ownerPage.reload();
    await ownerPage.getByLabel(t("auth.masterPassword"), { exact: true }).fill(owner.password);
    await ownerPage.keyboard.press("Enter");
    await openSection(ownerPage, id, "people");
    await confirm(ownerPage, nina);

    await test.step("access is revoked and restored", async () => {
      await choose(ownerPage, nina.name, t("console.act.revoke"));
      await dialog.getByRole("button", { name: t("console.bulk.revokeAction"), exact: true }).click();
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(row(ownerPage, nina.name)).toContainText(t("client.statuses.revoked"));
      await accountMenu(ninasPage, t("shell.sync"));
      await expect(ninasPage.getByRole("link", { name: client })).toHaveCount(0);
      await choose(ownerPage, nina.name, t("console.act.restore"));
      await dialog.getByRole("button", { name: t("console.bulk.restoreAction"), exact: true }).click();
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(row(ownerPage, nina.name)).toContainText(t("client.statuses.2"));
    });

    await test.step("a person gets several collections at once", async () => {
      await openSection(ownerPage, id, "collections");
      await newCollection(ownerPage, "Ovens");
      await newCollection(ownerPage, "Tills");
      for (const name of ["Ovens", "Tills"]) {
        await ownerPage.getByRole("checkbox", { name: t("collections.selectOne", { name }) }).check();
      }
      await ownerPage.getByRole("button", { name: t("collections.giveAccess") }).click();
      await dialog.getByRole("checkbox", { name: nina.name }).check();
      await dialog.getByRole("button", { name: t("collections.bulkAction") }).click();
      await expect(ownerPage.getByText(t("collections.bulkDone_other", { count: 2 }))).toBeVisible();
      await accountMenu(ninasPage, t("shell.sync"));
      await expect(ninasPage.getByRole("link", { name: "Ovens" })).toBeVisible();
      await expect(ninasPage.getByRole("link", { name: "Tills" })).toBeVisible();
    });

    await test.step("the owner empties the vault, hands over and leaves", async () => {
      await openSection(ownerPage, id, "settings");
      await ownerPage.getByRole("button", { name: t("danger.purge") }).click();
      await dialog.getByLabel(t("danger.typeName", { name: client })).fill(client);
      await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(owner.password);
      await dialog.getByRole("button", { name: t("danger.purge") }).click();
      await expect(ownerPage.getByText(t("danger.purged", { name: client }))).toBeVisible();

      await openSection(ownerPage, id, "people");
      await choose(ownerPage, nina.name, t("console.act.role"));
      await dialog.getByRole("radio", { name: t("client.roles.0"), exact: true }).check();
      await dialog.getByRole("button", { name: t("common.save") }).click();
      await expect(row(ownerPage, nina.name)).toContainText(t("client.roles.0"));
      await openSection(ownerPage, id, "settings");
      await ownerPage.getByRole("button", { name: t("membership.leave") }).click();
      await dialog.getByRole("button", { name: t("membership.leave") }).click();
      await expect(ownerPage.getByText(t("membership.left", { name: client }))).toBeVisible();
      await expect(ownerPage.getByRole("link", { name: client })).toHaveCount(0);
    });

    await test.step("the next owner reads in the log who did all that", async () => {
      await accountMenu(ninasPage, t("shell.sync"));
      await openSection(ninasPage, id, "events");
      const log = ninasPage.getByRole("table");
      await expect(log).toContainText(owner.name);
      for (const type of [1601, 1516]) {
        await expect(log).toContainText(t(`events.type.${type}`).replace("{{what}}", "").trim());
      }
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
