import { check } from "./support/axe.ts";
import { type Browser, expect, ownAddress, type Page, test } from "./support/fixtures.ts";
import { createLogin, detail, itemRow } from "./support/items.ts";
import { accountMenu, expectUnlocked, logIn, type Person, unlock } from "./support/people.ts";
import { codeOf } from "./support/totp.ts";
import { t } from "./support/words.ts";

const button = (page: Page, key: string) => page.getByRole("button", { name: t(key), exact: true });
const notice = (page: Page) => page.getByRole("alert").filter({ hasText: t("device.noticeTitle") });
const dialog = (page: Page) => page.getByRole("dialog", { name: t("device.noticeTitle") });
const phraseOn = (page: Page) => page.getByRole("status").filter({ hasText: /^\S+-\S+$/ });

/** A browser that the account was logged in on before. */
async function known(browser: Browser, url: string, person: Person): Promise<Page> {
  const page = await fresh(browser);
  await logIn(page, url, person);
  await accountMenu(page, t("shell.logout"));
  await expect(page.getByRole("heading", { name: t("auth.loginTitle") })).toBeVisible();
  return page;
}

async function fresh(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: ownAddress(),
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
  const page = await context.newPage();
  // What turns for as long as somebody waits would never be still.
  await page.emulateMedia({ reducedMotion: "reduce" });
  return page;
}

async function ask(page: Page, url: string, person: Person): Promise<string> {
  await page.goto(`${url}/#/login?email=${encodeURIComponent(person.email)}`);
  await button(page, "auth.loginByDevice").click();
  await expect(phraseOn(page)).toBeVisible();
  return (await phraseOn(page).textContent()) ?? "";
}

test("another device lets one in, after its phrase was compared", async ({
  page,
  browser,
  server,
  person,
}) => {
  await createLogin(page, "Router", { [t("vault.username")]: "admin" });
  const other = await known(browser, server.url, person);
  const phrase = await ask(other, server.url, person);
  await check(other, "asking");

  await expect(notice(page)).toContainText("Firefox");
  await button(page, "device.look").click();
  await expect(phraseOn(page)).toHaveText(phrase);
  await check(page, "approving");
  await dialog(page).getByLabel(t("auth.masterPassword"), { exact: true }).fill("wrong");
  await button(page, "device.approve").click();
  await expect(dialog(page).getByText(t("errors.crypto.wrongPassword"))).toBeVisible();
  await dialog(page).getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await button(page, "device.approve").click();
  await expect(dialog(page)).toHaveCount(0);

  await expectUnlocked(other);
  await itemRow(other, "Router").click();
  await expect(detail(other)).toContainText("admin");
  await accountMenu(other, t("shell.lock"));
  await unlock(other, person.password);
  await expectUnlocked(other);
  await expect(itemRow(other, "Router")).toBeVisible();
  await other.context().close();
});

test("two-step login is asked for after the approval, too", async ({ page, browser, server, person }) => {
  const other = await known(browser, server.url, person);
  await page.goto(`${server.url}/#/settings/security`);
  await button(page, "twoStep.setUp").click();
  const setUp = page.getByRole("dialog");
  await setUp.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await setUp.getByRole("button", { name: t("common.continue") }).click();
  const key = (await setUp.getByTestId("two-step-key").textContent()) ?? "";
  await setUp.getByLabel(t("twoStep.code")).fill(codeOf(key));
  await button(page, "twoStep.turnOn").click();
  await button(page, "twoStep.written").click();

  await ask(other, server.url, person);
  await button(page, "device.look").click();
  await dialog(page).getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await button(page, "device.approve").click();
  const code = other.getByLabel(t("auth.secondStep.code"));
  const right = codeOf(key, 1);
  await code.fill(right === "000000" ? "000001" : "000000");
  await button(other, "auth.loginAction").click();
  await expect(other.getByText(t("auth.secondStep.wrong"))).toBeVisible();
  await code.fill(right);
  await button(other, "auth.loginAction").click();
  await expectUnlocked(other);
  await other.context().close();
});

test("a request that was denied says so, and is asked for anew with another phrase", async ({
  page,
  browser,
  server,
  person,
}) => {
  const other = await known(browser, server.url, person);
  const first = await ask(other, server.url, person);
  await notice(page)
    .getByRole("button", { name: t("device.look") })
    .click();
  await button(page, "device.deny").click();
  await expect(other.getByText(t("device.asked.denied"))).toBeVisible();
  await button(other, "device.askAgain").click();
  await expect(phraseOn(other)).toBeVisible();
  expect(await phraseOn(other).textContent()).not.toBe(first);
  await expect(notice(page)).toBeVisible();
  await other.context().close();
});

test("whoever missed the notice finds the request in the settings, after unlocking, too", async ({
  page,
  browser,
  server,
  person,
}) => {
  const other = await known(browser, server.url, person);
  await accountMenu(page, t("shell.lock"));
  const phrase = await ask(other, server.url, person);
  await unlock(page, person.password);
  await notice(page)
    .getByRole("button", { name: t("device.later") })
    .click();
  await expect(notice(page)).toHaveCount(0);
  await page.goto(`${server.url}/#/settings/devices`);
  const list = page.getByRole("list", { name: t("device.listTitle") });
  await list.getByRole("button", { name: t("device.look") }).click();
  await expect(phraseOn(page)).toHaveText(phrase);
  await button(page, "device.deny").click();
  await expect(list).toContainText(t("device.standing.denied"));
  await other.context().close();
});

test("one goes back to the master password, and an unknown browser is told why it cannot ask", async ({
  browser,
  server,
  person,
}) => {
  const other = await known(browser, server.url, person);
  await ask(other, server.url, person);
  await button(other, "device.usePassword").click();
  await other.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await button(other, "auth.loginAction").click();
  await expectUnlocked(other);
  await other.context().close();

  const stranger = await fresh(browser);
  await stranger.goto(`${server.url}/#/login?email=${encodeURIComponent(person.email)}`);
  await button(stranger, "auth.loginByDevice").click();
  await expect(stranger.getByText(t("device.asked.unknown"))).toBeVisible();
  await stranger.context().close();
});
