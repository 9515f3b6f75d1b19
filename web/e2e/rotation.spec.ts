import { expect, ownAddress, test } from "./support/fixtures.ts";
import { createItem, createLogin, detail, itemRow, uncover } from "./support/items.ts";
import { expectUnlocked, logIn, typeLogIn, unlock } from "./support/people.ts";
import { t } from "./support/words.ts";

/** A new encryption key: the vault stays, other devices go, and this page goes on. */
test("the encryption key is changed", async ({ page, server, person, browser }) => {
  await createLogin(page, "Router", {
    [t("vault.username")]: "ada",
    [t("vault.password")]: "Blink!Twice7",
  });
  await createItem(page, "secureNote", { [t("common.name")]: "Attic" });
  const other = await (await browser.newContext({ extraHTTPHeaders: ownAddress() })).newPage();
  await logIn(other, server.url, person);

  await page.goto(`${server.url}/#/settings/security`);
  const password = page.getByLabel(t("auth.masterPassword"), { exact: true });
  const change = page.getByRole("button", { name: t("settings.rotateKey") });
  await password.fill("not the password");
  await change.click();
  await expect(page.getByRole("alert")).toContainText(t("errors.crypto.wrongPassword"));
  await password.fill(person.password);
  await change.click();
  await expect(page.getByText(t("settings.rotateKeyDone"))).toBeVisible();
  await expect(password).toHaveValue("");

  await test.step("this page goes on, and what it writes is readable after a reload", async () => {
    await page.goto(`${server.url}/#/vault`);
    await createLogin(page, "Printer");
    await page.reload();
    await unlock(page, person.password);
    await expectUnlocked(page);
    await itemRow(page, "Router").click();
    await uncover(page);
    await expect(detail(page)).toContainText("Blink!Twice7");
    await expect(itemRow(page, "Printer")).toBeVisible();
  });

  await test.step("the other device must log in again, and then sees everything", async () => {
    await expect(other.getByRole("heading", { name: t("auth.loginTitle") })).toBeVisible();
    await typeLogIn(other, person.email, person.password);
    await expectUnlocked(other);
    await other.goto(`${server.url}/#/vault`);
    for (const name of ["Router", "Attic", "Printer"]) {
      await expect(itemRow(other, name)).toBeVisible();
    }
  });
  await other.context().close();
});
