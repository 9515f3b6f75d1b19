import { check } from "./support/axe.ts";
import { expect, test } from "./support/fixtures.ts";
import { client, confirm, found, invite, join, openSection, turnOn } from "./support/organization.ts";
import { somebody } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const name = (type: number) => t(`policies.name.${type}`);

/** What a policy needs, whom it touches, and what becomes of them: before it is turned on, and after. */
test("an owner turns policies on, and knows beforehand whom that touches", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  const ida = somebody("Ida Intern");
  try {
    const { id, ownerPage } = await found(page, browser, server);
    const panel = ownerPage.getByRole("dialog");
    const link = await invite(ownerPage, id, ida);
    await join(browser, link, ida);
    await confirm(ownerPage, ida);

    await test.step("a policy leads to the one that it needs", async () => {
      await openSection(ownerPage, id, "policies");
      await ownerPage.getByRole("button", { name: name(8) }).click();
      await expect(panel).toContainText(client);
      await expect(panel).toContainText(t("policies.needIsOff", { policy: name(3) }));
      await panel.getByRole("switch", { name: t("policies.enabled") }).click();
      await expect(panel.getByRole("alert")).toContainText(t("policies.blocked"));
      await expect(panel.getByRole("button", { name: t("policies.turnOn") })).toBeDisabled();
      await panel.getByRole("button", { name: t("policies.openNeed") }).click();
      await expect(panel.getByRole("heading", { name: name(3) })).toBeVisible();
      await panel.getByRole("switch", { name: t("policies.enabled") }).click();
      await expect(panel.getByRole("status")).toContainText(t("policies.nobody"));
      await panel.getByRole("button", { name: t("policies.turnOn") }).click();
      await expect(panel).toBeHidden();
      await expect(ownerPage.getByText(t("policies.count_one", { count: 1 }))).toBeVisible();
    });

    await test.step("options are kept, within their bounds", async () => {
      await ownerPage.getByRole("button", { name: name(1) }).click();
      await panel.getByRole("switch", { name: t("policies.enabled") }).click();
      await panel.getByLabel(t("policies.field.minLength")).fill("11");
      await expect(panel.getByRole("button", { name: t("policies.turnOn") })).toBeDisabled();
      await panel.getByLabel(t("policies.field.minLength")).fill("20");
      await panel.getByLabel(t("policies.field.requireNumbers")).check();
      await panel.getByRole("button", { name: t("policies.turnOn") }).click();
      await expect(panel).toBeHidden();
      await ownerPage.getByRole("button", { name: name(1) }).click();
      await expect(panel.getByLabel(t("policies.field.minLength"))).toHaveValue("20");
      await expect(panel.getByLabel(t("policies.field.requireNumbers"))).toBeChecked();
    });

    await test.step("a change of somebody else in the meantime is not overwritten", async () => {
      await page.getByRole("tab", { name: t("console.section.policies") }).click();
      await page.getByRole("button", { name: name(1) }).click();
      const theirs = page.getByRole("dialog");
      await theirs.getByLabel(t("policies.field.minLength")).fill("24");
      await theirs.getByRole("button", { name: t("common.save") }).click();
      await expect(theirs).toBeHidden();
      await panel.getByLabel(t("policies.field.minLength")).fill("16");
      await panel.getByRole("button", { name: t("common.save") }).click();
      await expect(panel.getByRole("alert").first()).toContainText(t("settings.notSaved"));
      await panel
        .getByRole("button", { name: t("console.loadAgain") })
        .first()
        .click();
      await expect(panel.getByLabel(t("policies.field.minLength"))).toHaveValue("24");
      await panel.getByRole("button", { name: t("common.cancel") }).click();
    });

    await test.step("whoever does not comply is named first, and then loses access", async () => {
      await ownerPage.getByRole("button", { name: name(0) }).click();
      await panel.getByRole("switch", { name: t("policies.enabled") }).click();
      await expect(panel.getByRole("status")).toContainText(t("policies.effect.revoked_one", { count: 1 }));
      await expect(panel.getByRole("status")).toContainText(ida.email);
      await check(ownerPage, "whom a policy touches");
      await panel.getByRole("button", { name: t("policies.turnOn") }).click();
      await expect(panel).toBeHidden();
      await openSection(ownerPage, id, "people");
      await expect(ownerPage.getByRole("row", { name: ida.name })).toContainText(
        t("client.statuses.revoked"),
      );
    });

    await test.step("account recovery can be turned on now", () => turnOn(ownerPage, id, 8));
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
