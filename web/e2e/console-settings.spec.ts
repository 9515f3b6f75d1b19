import { expect, test } from "./support/fixtures.ts";
import { client, found, openSection } from "./support/organization.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

/** From the name to the end: what only owners decide. */
test("an owner looks after the organization as a whole", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, owner, ownerPage } = await found(page, browser, server);
    const dialog = ownerPage.getByRole("dialog");
    const renamed = `${client} & Sons`;
    await openSection(ownerPage, id, "settings");

    await test.step("its name is changed everywhere", async () => {
      await ownerPage.getByLabel(t("orgSettings.name")).fill(renamed);
      await ownerPage
        .getByRole("button", { name: t("common.save") })
        .first()
        .click();
      await expect(ownerPage.getByRole("heading", { name: renamed, level: 1 })).toBeVisible();
    });

    await test.step("the API key is shown to whoever knows the password", async () => {
      const form = ownerPage.locator("form").filter({ has: ownerPage.getByLabel(t("auth.masterPassword")) });
      await form.getByLabel(t("auth.masterPassword"), { exact: true }).fill(owner.password);
      await form.getByRole("button", { name: t("settings.apiKeyShow") }).click();
      await expect(form.getByText(`organization.${id}`)).toBeVisible();
    });

    await test.step("a domain is claimed by a record, which is not there yet", async () => {
      await ownerPage.getByRole("button", { name: t("domains.add") }).click();
      await dialog.getByLabel(t("domains.name"), { exact: true }).fill("bakery.invalid-example.com");
      await dialog.getByRole("button", { name: t("domains.addAction") }).click();
      await expect(dialog.locator("code")).toHaveText(/^\S{20,}$/);
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(ownerPage.getByText(t("domains.pending"))).toBeVisible();
    });

    await test.step("it is deleted only after its name and the password were typed", async () => {
      await ownerPage.getByRole("button", { name: t("danger.delete") }).click();
      const remove = dialog.getByRole("button", { name: t("danger.delete") });
      await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(owner.password);
      await dialog.getByLabel(t("danger.typeName", { name: renamed })).fill(client);
      await expect(remove).toBeDisabled();
      await dialog.getByLabel(t("danger.typeName", { name: renamed })).fill(renamed);
      await remove.click();
      await expect(ownerPage.getByRole("heading", { name: t("vault.view.all"), level: 1 })).toBeVisible();
      await expect(ownerPage.getByRole("link", { name: renamed })).toHaveCount(0);
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
