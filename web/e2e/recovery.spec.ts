import { check } from "./support/axe.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import { createLogin, detail, itemRow, uncover } from "./support/items.ts";
import { client, confirm, found, invite, join, openSection, turnOn } from "./support/organization.ts";
import { accountMenu, expectUnlocked, fillRegistration, somebody, typeLogIn } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

/** From enrolling, over a new key of one's own, to a forgotten password. */
test("a member who has forgotten the password is let in again, with everything", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  const ida = somebody("Ida Intern");
  try {
    const { id, ownerPage } = await found(page, browser, server);
    await turnOn(ownerPage, id, 3);
    await turnOn(ownerPage, id, 8);
    const idaPage = await join(browser, await invite(ownerPage, id, ida), ida);
    await confirm(ownerPage, ida);
    await accountMenu(idaPage, t("shell.sync"));
    await createLogin(idaPage, "Oven", { [t("vault.password")]: "Crumb!42" });

    await test.step("she enrols, after she was shown whose key it is", async () => {
      await openSection(ownerPage, id, "settings");
      const phrase = ownerPage.locator("output");
      await expect(phrase).toHaveText(/^([a-z]+-){4}[a-z]+$/);
      await idaPage.getByRole("link", { name: client }).hover();
      await idaPage.getByRole("button", { name: t("membership.menu", { name: client }) }).click();
      await idaPage.getByRole("menuitem", { name: t("membership.enrol") }).click();
      const dialog = idaPage.getByRole("dialog");
      await expect(dialog.locator("output")).toHaveText((await phrase.textContent()) ?? "");
      await check(idaPage, "the dialog to enrol");
      await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(ida.password);
      await dialog.getByRole("button", { name: t("membership.enrolAction"), exact: true }).click();
      await expect(idaPage.getByText(t("membership.enrolled", { name: client }))).toBeVisible();
    });

    await test.step("she changes her key, and the organization is given the new one", async () => {
      await idaPage.goto(`${new URL(idaPage.url()).origin}/#/settings/security`);
      await expect(idaPage.getByText(t("membership.isEnrolled"))).toBeVisible();
      const form = idaPage.locator("form").filter({ hasText: t("membership.rotateTitle") });
      await expect(form).toContainText(/([a-z]+-){4}[a-z]+/);
      await form.getByLabel(t("auth.masterPassword"), { exact: true }).fill(ida.password);
      await form.getByRole("button", { name: t("settings.rotateKey") }).click();
      await expect(idaPage.getByText(t("settings.rotateKeyDone"))).toBeVisible();
    });

    const temporary = await test.step("the owner gives her a new password", async () => {
      await openSection(ownerPage, id, "people");
      await ownerPage.getByRole("button", { name: t("console.people.actsOf", { person: ida.name }) }).click();
      await ownerPage.getByRole("menuitem", { name: t("console.act.recover") }).click();
      const dialog = ownerPage.getByRole("dialog");
      await expect(dialog).toContainText(client);
      await dialog.getByRole("button", { name: t("recovery.generate") }).click();
      const field = dialog.getByLabel(t("auth.newPassword"), { exact: true });
      await expect(field).toHaveValue(/^\w+(-\w+){4}$/);
      const made = await field.inputValue();
      await check(ownerPage, "the dialog to recover an account");
      await dialog.getByRole("button", { name: t("recovery.action") }).click();
      await expect(
        dialog.getByRole("heading", { name: t("recovery.doneTitle", { person: ida.name }) }),
      ).toBeVisible();
      await dialog.getByRole("button", { name: t("common.done") }).click();
      return made;
    });

    await test.step("she logs in with it, and must choose one of her own before all else", async () => {
      const context = await browser.newContext({ extraHTTPHeaders: ownAddress() });
      const fresh = await context.newPage();
      await fresh.goto(`${server.url}/#/login`);
      await typeLogIn(fresh, ida.email, ida.password);
      await expect(fresh.getByText(t("auth.wrongPassword"))).toBeVisible();
      await typeLogIn(fresh, ida.email, temporary);
      await expect(fresh.getByRole("heading", { name: t("temporaryPassword.title") })).toBeVisible();
      await check(fresh, "a temporary password is replaced");
      const own = "my very own words again 7";
      await fresh.getByLabel(t("temporaryPassword.given")).fill(temporary);
      await fresh.getByLabel(t("auth.newPassword"), { exact: true }).fill(own);
      await fresh.getByLabel(t("auth.repeatPassword"), { exact: true }).fill(own);
      await fresh.getByRole("button", { name: t("temporaryPassword.action") }).click();
      await expectUnlocked(fresh);
      await fresh.goto(`${server.url}/#/vault`);
      await itemRow(fresh, "Oven").click();
      await uncover(fresh);
      await expect(detail(fresh)).toContainText("Crumb!42");
      await accountMenu(fresh, t("shell.logout"));
      await typeLogIn(fresh, ida.email, own);
      await expectUnlocked(fresh);
    });

    await test.step("where everybody is enrolled, joining takes the password, too", async () => {
      await openSection(ownerPage, id, "policies");
      await ownerPage.getByRole("button", { name: t("policies.name.8") }).click();
      const panel = ownerPage.getByRole("dialog");
      await panel.getByRole("checkbox", { name: t("policies.field.autoEnrollEnabled") }).check();
      await panel.getByRole("button", { name: t("common.save") }).click();
      await expect(panel).toBeHidden();
      const paul = somebody("Paul Pastry");
      const link = await invite(ownerPage, id, paul);
      const context = await browser.newContext({ extraHTTPHeaders: ownAddress(), ignoreHTTPSErrors: true });
      const paulPage = await context.newPage();
      await paulPage.goto(link);
      await fillRegistration(paulPage, paul);
      const accept = paulPage.getByRole("button", { name: t("auth.acceptAs", { email: paul.email }) });
      await expect(paulPage.getByText(t("joining.policy.3"))).toBeVisible();
      await expect(paulPage.getByText(t("joining.recovery", { name: client }))).toBeVisible();
      await expect(accept).toBeDisabled();
      await paulPage.getByLabel(t("auth.masterPassword"), { exact: true }).fill(paul.password);
      await accept.click();
      await expect(paulPage.getByRole("heading", { name: t("auth.joinedTitle") })).toBeVisible();
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
