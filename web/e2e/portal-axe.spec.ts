import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { somebody, unlock } from "./support/people.ts";
import { closeCreated, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const bakery = "Example Bakery";

test.use({ contextOptions: { reducedMotion: "reduce" } });

async function checkTeam(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await openPortal(page, "people");
  await check(page, "the team");
  await page.getByRole("button", { name: t("staff.invite") }).click();
  await dialog.getByRole("radio", { name: t("staff.assignedClients") }).check();
  await dialog.getByRole("checkbox", { name: bakery }).check();
  await check(page, "the dialog to invite into the team");
  await dialog.getByLabel(t("console.invite.emails")).fill("ida@example.test");
  await dialog.getByRole("button", { name: t("console.invite.actionCount_one", { count: 1 }) }).click();
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await page.getByRole("button", { name: "ida@example.test", exact: true }).click();
  await check(page, "role and reach of a person");
  await page.keyboard.press("Escape");
}

async function checkBulk(page: Page): Promise<void> {
  await openPortal(page, "bulk");
  await page
    .getByLabel(t("bulkwork.paste"))
    .fill(`Client,Email,Role\n${bakery},paul@example.test,\n${bakery},nobody,king`);
  await check(page, "a table of invitations");
  await page.getByRole("button", { name: t("bulkwork.check_other", { count: 2 }) }).click();
  await check(page, "the check of a table");
  await page.getByRole("tab", { name: t("bulkwork.part.seats") }).click();
  await page.getByLabel(t("bulkwork.seatsFor", { name: bakery })).fill("9");
  await check(page, "seats of many clients");
  await page.getByRole("button", { name: t("bulkwork.reckon") }).click();
  await expect(page.getByRole("dialog").getByRole("row", { name: "Enterprise" })).toBeVisible();
  await check(page, "what seats come to");
  await page.keyboard.press("Escape");
}

test("axe finds nothing on the pages for the administrators of a provider", async ({ page }) => {
  const server = await Server.start();
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    await createClient(page, bakery, somebody("Otto Owner").email);
    await closeCreated(page);
    await checkTeam(page);
    await checkBulk(page);
    await openPortal(page, "keys");
    await check(page, "API keys");
    await page
      .getByRole("button", { name: t("providerKeys.create") })
      .first()
      .click();
    await check(page, "the dialog for an API key");
    await page.keyboard.press("Escape");
    await openPortal(page, "settings");
    await expect(page.getByLabel(t("auth.billingEmail"))).toBeVisible();
    await check(page, "settings of the provider");
  } finally {
    await server.stop();
  }
});

test("columns are chosen and stay so, and what is under way is not closed by mistake", async ({ page }) => {
  const server = await Server.start();
  const person = somebody("Tessa Toolbox");
  const reach = page.getByRole("columnheader", { name: t("staff.reach") });
  try {
    await setUpProvider(page, server, person);
    await openPortal(page, "people");
    await test.step("a column that is not wanted is gone, after a reload, too", async () => {
      await expect(reach).toBeVisible();
      await page.getByRole("button", { name: t("ui.columns") }).click();
      await page.getByRole("menuitemcheckbox", { name: t("staff.reach") }).click();
      await expect(reach).toHaveCount(0);
      await page.reload();
      await unlock(page, person.password);
      await expect(page.getByRole("row", { name: person.name })).toBeVisible();
      await expect(reach).toHaveCount(0);
    });

    await test.step("Escape asks while invitations are sent, and the results stay", async () => {
      let go = () => {};
      const held = new Promise<void>((next) => {
        go = next;
      });
      await page.route("**/users/invite", async (route) => {
        await held;
        await route.continue();
      });
      const dialog = page.getByRole("dialog");
      await page.getByRole("button", { name: t("staff.invite") }).click();
      await dialog.getByLabel(t("console.invite.emails")).fill("ida@example.test");
      await dialog.getByRole("button", { name: t("console.invite.actionCount_one", { count: 1 }) }).click();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("heading", { name: t("ui.stopTitle") })).toBeVisible();
      await page.getByRole("button", { name: t("ui.keepWaiting") }).click();
      go();
      await expect(page.getByText(t("console.invite.sent_one", { count: 1 }))).toBeVisible();
    });
  } finally {
    await server.stop();
  }
});
