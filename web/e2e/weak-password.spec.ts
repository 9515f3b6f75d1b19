import { check } from "./support/axe.ts";
import { expect, test } from "./support/fixtures.ts";
import { found, openSection } from "./support/organization.ts";
import { accountMenu, expectUnlocked, typeLogIn } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

/** Rules that also hold for present passwords are asked for at the next log-in. */
test("a password that falls short is changed at log-in", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  const long = "a much longer sentence that somebody remembers well enough";
  try {
    const { id, owner, ownerPage } = await found(page, browser, server);
    const panel = ownerPage.getByRole("dialog");
    await openSection(ownerPage, id, "policies");
    await ownerPage.getByRole("button", { name: t("policies.name.1") }).click();
    await panel.getByRole("switch", { name: t("policies.enabled") }).click();
    await panel.getByLabel(t("policies.field.minLength")).fill("40");
    await panel.getByLabel(t("policies.field.enforceOnLogin")).check();
    await panel.getByRole("button", { name: t("policies.turnOn") }).click();
    await expect(panel).toBeHidden();

    await accountMenu(ownerPage, t("shell.logout"));
    await typeLogIn(ownerPage, owner.email, owner.password);
    await expect(ownerPage.getByRole("heading", { name: t("weakPassword.title") })).toBeVisible();
    await expect(ownerPage.getByText(t("passwordRules.title"))).toBeVisible();
    await check(ownerPage, "a password that falls short");
    await ownerPage.getByLabel(t("weakPassword.given"), { exact: true }).fill(owner.password);
    await ownerPage.getByLabel(t("auth.newPassword"), { exact: true }).fill("short of the rules");
    await ownerPage.getByLabel(t("auth.repeatPassword"), { exact: true }).fill("short of the rules");
    await expect(ownerPage.getByRole("button", { name: t("weakPassword.action") })).toBeDisabled();
    await ownerPage.getByLabel(t("auth.newPassword"), { exact: true }).fill(long);
    await ownerPage.getByLabel(t("auth.repeatPassword"), { exact: true }).fill(long);
    await ownerPage.getByRole("button", { name: t("weakPassword.action") }).click();
    await expectUnlocked(ownerPage);

    await accountMenu(ownerPage, t("shell.logout"));
    await typeLogIn(ownerPage, owner.email, long);
    await expectUnlocked(ownerPage);
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
