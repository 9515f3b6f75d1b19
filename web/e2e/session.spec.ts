import { expect, test } from "./support/fixtures.ts";
import { createLogin, itemRow } from "./support/items.ts";
import {
  accountMenu,
  expectUnlocked,
  logIn,
  register,
  somebody,
  typeLogIn,
  unlock,
} from "./support/people.ts";
import { t } from "./support/words.ts";

const lockPage = t("auth.unlockTitle");

test("lock, a wrong password, unlock at the same place, log out, log in", async ({ page, person }) => {
  await createLogin(page, "Router");
  const place = page.url();
  await accountMenu(page, t("shell.lock"));
  await expect(page.getByRole("heading", { name: lockPage })).toBeVisible();
  await expect(page.getByText("Router")).toHaveCount(0);
  await unlock(page, "not the password");
  await expect(page.getByText(t("errors.crypto.wrongPassword"))).toBeVisible();
  await unlock(page, person.password);
  await expect(page.getByRole("heading", { name: "Router" })).toBeVisible();
  expect(page.url()).toBe(place);

  await page.reload();
  await expect(page.getByRole("heading", { name: lockPage })).toBeVisible();
  await unlock(page, person.password);
  await expectUnlocked(page);

  await accountMenu(page, t("shell.logout"));
  await expect(page.getByRole("heading", { name: t("auth.loginTitle") })).toBeVisible();
  await typeLogIn(page, person.email, `${person.password}?`);
  await expect(page.getByText(t("auth.wrongPassword"))).toBeVisible();
  await typeLogIn(page, person.email, person.password);
  await expect(itemRow(page, "Router")).toBeVisible();
});

test("the vault locks itself after a while without keyboard or mouse", async ({ page, server }) => {
  await page.clock.install();
  await register(page, server.url, somebody());
  await page.goto(`${server.url}/#/settings/security`);
  await page.getByLabel(t("settings.timeoutAfter")).selectOption("5");
  await page.clock.fastForward(4 * 60_000);
  await page.keyboard.press("Shift");
  await page.clock.fastForward(4 * 60_000);
  await expectUnlocked(page);
  await page.clock.fastForward(2 * 60_000);
  await expect(page.getByRole("heading", { name: lockPage })).toBeVisible();
  await expect(page.getByText(t("auth.lockedByTimeout"))).toBeVisible();
});

test("nothing secret stays in the browser's storage", async ({ page, person }) => {
  await createLogin(page, "Stored name", { [t("vault.password")]: "stored-secret" });
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  for (const secret of [person.password, "stored-secret", "Stored name"]) {
    expect(kept).not.toContain(secret);
  }
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  expect(await page.title()).not.toContain("Stored name");
});

test("an account that is logged out is asked to log in, and led on", async ({ page, server, person }) => {
  await accountMenu(page, t("shell.logout"));
  await page.goto(`${server.url}/#/settings/devices`);
  await expect(page.getByRole("heading", { name: t("auth.loginTitle") })).toBeVisible();
  await typeLogIn(page, person.email, person.password);
  await expect(page.getByRole("heading", { name: t("settings.section.devices") })).toBeVisible();
});

test("logging out in one tab ends the other", async ({ page, context, server, person }) => {
  const second = await context.newPage();
  await logIn(second, server.url, person).catch(() => unlock(second, person.password));
  await expectUnlocked(second);
  await accountMenu(page, t("shell.logout"));
  await expect(second.getByText(t("auth.loggedOut.otherTab"))).toBeVisible();
});
