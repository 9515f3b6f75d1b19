import { check } from "./support/axe.ts";
import { expect, ownAddress, type Page, test } from "./support/fixtures.ts";
import { act, createLogin, detail, fill, itemRow, save } from "./support/items.ts";
import { found, invite, openSection } from "./support/organization.ts";
import { expectUnlocked, logIn, type Person, register, somebody } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t, wordsOf } from "./support/words.ts";

const open = { registration: "open", "trusted-proxies": "127.0.0.0/8,::1/128" } as const;
const name = t("common.name");
/** Much shorter than the next poll, which comes after half a minute. */
const soon = { timeout: 12_000 };

/** Resolves once the page's socket is there. */
function socketOf(page: Page): Promise<unknown> {
  return page.waitForEvent("websocket", {
    predicate: (socket) => socket.url().includes("/notifications/hub"),
    timeout: 30_000,
  });
}

/** The same account in another browser. */
async function elsewhere(page: Page, url: string, person: Person): Promise<Page> {
  const context = await page.context().browser()?.newContext({
    extraHTTPHeaders: ownAddress(),
    // Its device then has another name than the page's.
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
  if (!context) throw new Error("The page has no browser.");
  const other = await context.newPage();
  const socket = socketOf(other);
  await logIn(other, url, person);
  await socket;
  return other;
}

test("what one browser does appears in the other", async ({ page, server, person }) => {
  const other = await elsewhere(page, server.url, person);
  await createLogin(page, "Router", { [t("vault.username")]: "admin" });
  await expect(itemRow(other, "Router")).toBeVisible(soon);

  await itemRow(other, "Router").click();
  await expect(detail(other)).toContainText("admin");
  await detail(page)
    .getByRole("button", { name: t("common.edit"), exact: true })
    .click();
  await fill(page, { [name]: "Core router", [t("vault.username")]: "root" });
  await save(page);
  await expect(detail(other).getByRole("heading", { name: "Core router" })).toBeVisible(soon);
  await expect(detail(other)).toContainText("root");

  const files = detail(page).getByLabel(t("attachment.choose"));
  await files.setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("plan") });
  await expect(detail(other).getByRole("listitem", { name: "plan.txt" })).toBeVisible(soon);

  await other.getByRole("button", { name: t("vault.newFolder") }).click();
  await other.getByRole("dialog").getByLabel(name).fill("Network");
  await other
    .getByRole("dialog")
    .getByRole("button", { name: t("common.save") })
    .click();
  await expect(page.getByRole("link", { name: "Network" })).toBeVisible(soon);

  await act(page, t("vault.moveToTrash"));
  await expect(itemRow(other, "Core router")).toHaveCount(0, soon);
  await other.context().close();
});

test("an edit does not write over what was saved elsewhere meanwhile", async ({ page, server, person }) => {
  await createLogin(page, "Router");
  const other = await elsewhere(page, server.url, person);
  await itemRow(other, "Router").click();
  const edit = (each: Page) =>
    detail(each)
      .getByRole("button", { name: t("common.edit"), exact: true })
      .click();
  await edit(other);
  await fill(other, { [t("vault.username")]: "theirs" });
  await edit(page);
  await fill(page, { [t("vault.username")]: "mine" });
  await save(page);
  await expect(itemRow(other, "mine")).toBeVisible(soon);
  // What is being typed stays.
  await expect(detail(other).getByLabel(t("vault.username"), { exact: true })).toHaveValue("theirs");
  await detail(other)
    .getByRole("button", { name: t("common.save"), exact: true })
    .click();
  await expect(detail(other).getByRole("alert")).toContainText(t("live.itemChanged"));
  await detail(other)
    .getByRole("button", { name: t("common.cancel"), exact: true })
    .click();
  await expect(detail(other)).toContainText("mine");
  await other.context().close();
});

test("two tabs of one browser follow each other", async ({ page, server, person }) => {
  const tab = await page.context().newPage();
  const socket = socketOf(tab);
  await logIn(tab, server.url, person);
  await socket;
  await createLogin(page, "Router");
  await expect(itemRow(tab, "Router")).toBeVisible(soon);
  await tab.close();
});

test("a device that is removed is logged out at once, and so is everybody with a new password", async ({
  page,
  server,
  person,
}) => {
  const other = await elsewhere(page, server.url, person);
  const login = other.getByRole("heading", { name: t("auth.loginTitle") });
  await page.goto(`${server.url}/#/settings/devices`);
  await page
    .getByRole("listitem")
    .filter({ hasText: "Firefox" })
    .getByRole("button", { name: t("common.remove") })
    .click();
  await expect(login).toBeVisible(soon);
  await expect(other.getByText(t("auth.loggedOut.endedElsewhere"))).toBeVisible();

  const socket = socketOf(other);
  await logIn(other, server.url, person);
  await socket;
  await page.goto(`${server.url}/#/settings/security`);
  const fresh = "a quite different phrase 9";
  await page.getByLabel(t("settings.currentPassword")).fill(person.password);
  await page.getByLabel(t("auth.newPassword"), { exact: true }).fill(fresh);
  await page.getByLabel(t("auth.repeatPassword"), { exact: true }).fill(fresh);
  await page.getByRole("button", { name: t("settings.changePassword") }).click();
  await expect(page.getByText(t("settings.passwordChanged"))).toBeVisible();
  await expect(login).toBeVisible(soon);
  await expectUnlocked(page);
  await other.context().close();
});

test("an interruption is shown quietly, and what was missed comes with the way back", async ({ browser }) => {
  const server = await Server.start(open);
  const context = await browser.newContext({ extraHTTPHeaders: ownAddress() });
  try {
    const page = await context.newPage();
    const person = somebody();
    await register(page, server.url, person);
    await createLogin(page, "Router");
    const notice = page.getByText(t("live.interrupted"), { exact: true });
    await expect(notice).toHaveCount(0);
    const before = await page.getByTitle(t("shell.accountMenu")).boundingBox();
    await server.pause();
    await expect(notice).toHaveCount(1);
    expect(await page.getByTitle(t("shell.accountMenu")).boundingBox()).toEqual(before);
    await check(page, "interrupted live updates");
    await page.getByTitle(t("shell.accountMenu")).click();
    await expect(page.getByText(t("live.interruptedText"))).toBeVisible();
    await page.keyboard.press("Escape");

    const socket = socketOf(page);
    await server.resume();
    await socket;
    await expect(notice).toHaveCount(0);
    const other = await elsewhere(page, server.url, person);
    await createLogin(other, "Switch");
    await expect(itemRow(page, "Switch")).toBeVisible(soon);
    await other.context().close();
  } finally {
    await context.close();
    await server.stop();
  }
});

test("the consoles follow what others do", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, ownerPage } = await found(page, browser, server);
    await page.getByRole("tab", { name: t("console.section.people") }).click();
    const guest = somebody("Gina Guest");
    await invite(ownerPage, id, guest, 2);
    // People are no part of anybody's vault: their list asks by itself while it is looked at.
    await expect(page.getByRole("row", { name: guest.email })).toBeVisible();

    // Who made a collection is told of the items in it.
    await openSection(ownerPage, id, "collections");
    await ownerPage
      .getByRole("button", { name: t("client.newCollection") })
      .first()
      .click();
    await ownerPage.getByRole("dialog").getByLabel(name).fill("Network");
    await ownerPage
      .getByRole("dialog")
      .getByRole("button", { name: t("common.save") })
      .click();
    await expect(ownerPage.getByRole("dialog")).toBeHidden();
    await page.getByRole("tab", { name: t("console.section.items") }).click();
    await page.getByRole("link", { name: "Network" }).click();
    await page.getByRole("button", { name: t("vault.empty.action") }).click();
    await fill(page, { [name]: "Core switch" });
    await save(page);
    await ownerPage.goto(`${server.url}/#/organizations/${id}/items`);
    await expect(itemRow(ownerPage, "Core switch")).toBeVisible();
    await detail(page)
      .getByRole("button", { name: t("common.edit"), exact: true })
      .click();
    await fill(page, { [name]: "Old switch" });
    await save(page);
    await expect(itemRow(ownerPage, "Old switch")).toBeVisible(soon);
  } finally {
    await server.stop();
  }
});

test("on a phone, in German", async ({ page, server, person }) => {
  const de = wordsOf("de");
  const other = await elsewhere(page, server.url, person);
  await other.setViewportSize({ width: 390, height: 844 });
  await other.getByTitle(t("shell.accountMenu")).click();
  await other.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await other.keyboard.press("Escape");
  await expect(other.getByRole("heading", { name: de("vault.empty.all") })).toBeVisible();
  await createLogin(page, "Router");
  await expect(itemRow(other, "Router")).toBeVisible(soon);
  await other.context().close();
});
