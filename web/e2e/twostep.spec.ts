import { check } from "./support/axe.ts";
import { expect, ownAddress, type Page, test } from "./support/fixtures.ts";
import { accountMenu, expectUnlocked, type Person, typeLogIn } from "./support/people.ts";
import { codeOf } from "./support/totp.ts";
import { t } from "./support/words.ts";

async function openSecurity(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/#/settings/security`);
  await expect(page.getByRole("heading", { name: t("twoStep.title") })).toBeVisible();
}

/** Goes through the dialog; gives the key and the recovery code that it showed. */
async function setUp(page: Page, person: Person): Promise<{ key: string; recovery: string }> {
  await page.getByRole("button", { name: t("twoStep.setUp") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill("not the password");
  await dialog.getByRole("button", { name: t("common.continue") }).click();
  await expect(dialog.getByLabel(t("auth.masterPassword"), { exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: t("common.continue") }).click();
  await expect(dialog.getByRole("img", { name: t("twoStep.qr") })).toBeVisible();
  const key = (await dialog.getByTestId("two-step-key").textContent()) ?? "";
  await dialog.getByLabel(t("twoStep.code")).fill(codeOf(key));
  await dialog.getByRole("button", { name: t("twoStep.turnOn") }).click();
  const code = dialog.getByLabel(t("twoStep.recoveryTitle"));
  await expect(code).toHaveText(/^\w{4}( \w{2,4})+$/);
  const recovery = (await code.textContent()) ?? "";
  await dialog.getByRole("button", { name: t("twoStep.written") }).click();
  await expect(page.getByText(t("twoStep.on"))).toBeVisible();
  return { key, recovery };
}

/** Two-step login from setting it up to the day on which the phone is lost. */
test("two-step login is set up, asked for, remembered and recovered from", async ({
  page,
  server,
  person,
  browser,
}) => {
  await openSecurity(page, server.url);
  const { key, recovery } = await setUp(page, person);
  const code = page.getByLabel(t("auth.secondStep.code"));

  await test.step("the next log-in asks for a code, and takes no wrong one", async () => {
    await accountMenu(page, t("shell.logout"));
    await typeLogIn(page, person.email, person.password);
    await expect(code).toBeFocused();
    await check(page, "the second step of the log-in");
    const right = codeOf(key, 1);
    await code.fill(right === "000000" ? "000001" : "000000");
    await page.getByRole("button", { name: t("auth.loginAction"), exact: true }).click();
    await expect(page.getByText(t("auth.secondStep.wrong"))).toBeVisible();
    await page.getByText(t("auth.secondStep.remember")).click();
    await code.fill(codeOf(key, 1));
    await page.getByRole("button", { name: t("auth.loginAction"), exact: true }).click();
    await expectUnlocked(page);
  });

  await test.step("a remembered device is not asked again", async () => {
    await accountMenu(page, t("shell.logout"));
    await typeLogIn(page, person.email, person.password);
    await expectUnlocked(page);
  });

  await test.step("elsewhere, the recovery code lets in and turns it off", async () => {
    const context = await browser.newContext({ extraHTTPHeaders: ownAddress() });
    const other = await context.newPage();
    await other.goto(`${server.url}/#/login`);
    await typeLogIn(other, person.email, person.password);
    await other.getByRole("button", { name: t("auth.secondStep.useRecovery") }).click();
    await other.getByLabel(t("auth.secondStep.recoveryCode")).fill(recovery);
    await other.getByRole("button", { name: t("auth.loginAction"), exact: true }).click();
    await expectUnlocked(other);
    await openSecurity(other, server.url);
    await expect(other.getByRole("button", { name: t("twoStep.setUp") })).toBeVisible();
    await context.close();
  });
});

test("two-step login is turned off with the master password", async ({ page, server, person }) => {
  await openSecurity(page, server.url);
  const { recovery } = await setUp(page, person);

  await page.getByRole("button", { name: t("twoStep.showRecovery") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: t("twoStep.showRecovery") }).click();
  await expect(dialog.getByLabel(t("twoStep.recoveryTitle"))).toHaveText(recovery);
  await check(page, "the recovery code");
  await dialog.getByRole("button", { name: t("twoStep.written") }).click();

  await page.getByRole("button", { name: t("twoStep.turnOff") }).click();
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: t("twoStep.turnOff") }).click();
  await expect(page.getByRole("button", { name: t("twoStep.setUp") })).toBeVisible();
});
