import { readFileSync } from "node:fs";
import { check } from "./support/axe.ts";
import { type Browser, expect, open, type Page, test } from "./support/fixtures.ts";
import { act, createLogin, itemRow } from "./support/items.ts";
import { Mailbox } from "./support/mail.ts";
import { client, found } from "./support/organization.ts";
import { expectUnlocked, fillRegistration, somebody } from "./support/people.ts";
import { openPortal } from "./support/portal.ts";
import { copied, createAndCopy, dialogOf, newSend, openSends, recipient, show } from "./support/sends.ts";
import { Server } from "./support/server.ts";
import { t, wordsOf } from "./support/words.ts";

const secret = "blue-Kettle-4711";
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const sendRow = (page: Page, name: string) => page.getByRole("row", { name });

async function gone(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: t("receive.goneTitle") })).toBeVisible();
}

test("a text with a password, for two accesses", async ({ page, browser, server, person }) => {
  await openSends(page, server.url);
  await expect(page.getByRole("heading", { name: t("send.emptyTitle") })).toBeVisible();
  const dialog = await newSend(page);
  await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(secret);
  await dialog.getByRole("checkbox", { name: t("send.hide") }).check();
  await dialog.getByLabel(t("common.name"), { exact: true }).fill("Door code");
  await dialog.getByRole("radio", { name: t("send.whoPassword") }).check();
  await dialog.getByLabel(t("send.password"), { exact: true }).fill("tulip");
  await dialog.getByRole("button", { name: t("send.more") }).click();
  await dialog.getByLabel(t("send.most")).fill("2");
  const link = await createAndCopy(page);
  await expect(sendRow(page, "Door code")).toContainText(t("send.accessesOf", { count: 0, most: 2 }));
  expect(page.url() + (await page.title())).not.toContain(link.slice(-22));

  const guest = await recipient(browser, link);
  await show(guest);
  await guest.getByLabel(t("receive.password"), { exact: true }).fill("rose");
  await button(guest, t("receive.open")).click();
  await expect(guest.getByText(t("receive.passwordWrong"))).toBeVisible();
  await expect(guest.getByLabel(t("receive.password"), { exact: true })).toBeFocused();
  await guest.getByLabel(t("receive.password"), { exact: true }).fill("tulip");
  await button(guest, t("receive.open")).click();
  await expect(guest.getByRole("heading", { name: "Door code" })).toBeVisible();
  await expect(guest.getByText(t("receive.from", { sender: person.email }))).toBeVisible();
  await expect(guest.getByText(secret)).toHaveCount(0);
  await expect(button(guest, t("receive.copy"))).toBeFocused();
  await button(guest, t("receive.uncover")).click();
  await expect(guest.getByText(secret)).toBeVisible();
  await button(guest, t("receive.copy")).click();
  await expect.poll(() => guest.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  expect(await guest.title()).not.toContain("Door code");

  const second = await recipient(browser, link);
  await show(second);
  await second.getByLabel(t("receive.password"), { exact: true }).fill("tulip");
  await second.getByLabel(t("receive.password"), { exact: true }).press("Enter");
  await expect(second.getByRole("heading", { name: "Door code" })).toBeVisible();
  const third = await recipient(browser, link);
  await show(third);
  await gone(third);

  await page.reload();
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await button(page, t("auth.unlockAction")).click();
  await expect(sendRow(page, "Door code")).toContainText(t("send.standing.usedUp"));
});

test("a Send is looked at, changed, opened up and deleted", async ({ page, browser, server, person }) => {
  await openSends(page, server.url);
  const dialog = await newSend(page);
  await dialog.getByRole("button", { name: t("send.create") }).click();
  await expect(dialog.getByText(t("send.problem.text.missing"))).toBeVisible();
  await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(secret);
  await dialog.getByLabel(t("common.name"), { exact: true }).fill("Wi-Fi");
  await dialog.getByRole("radio", { name: t("send.whoPassword") }).check();
  await dialog.getByLabel(t("send.password"), { exact: true }).fill("tulip");
  const link = await createAndCopy(page);

  await button(page, "Wi-Fi").click();
  const panel = dialogOf(page);
  await expect(panel.getByText(secret)).toHaveCount(0);
  await button(page, t("ui.show")).click();
  await expect(panel.getByText(secret)).toBeVisible();
  await button(page, t("send.edit")).click();
  await dialogOf(page)
    .getByRole("textbox", { name: t("send.text"), exact: true })
    .fill("green-Kettle");
  await dialogOf(page)
    .getByRole("button", { name: t("send.more") })
    .click();
  await dialogOf(page)
    .getByRole("checkbox", { name: t("send.hideEmail") })
    .check();
  await button(page, t("common.save")).click();
  await expect(page.getByText(t("send.saved"))).toBeVisible();
  await expect(button(page, t("send.edit"))).toBeFocused();
  await button(page, t("send.removePassword")).click();
  await button(page, t("send.removeAction")).click();
  await expect(page.getByText(t("send.removed"))).toBeVisible();

  const guest = await recipient(browser, link);
  await show(guest);
  await expect(guest.getByText("green-Kettle")).toBeVisible();
  await expect(guest.getByText(t("receive.fromNobody"))).toBeVisible();
  await expect(guest.getByText(person.email)).toHaveCount(0);

  await button(page, t("send.delete")).click();
  await button(page, t("send.deleteAction")).click();
  await expect(page.getByRole("heading", { name: t("send.emptyTitle") })).toBeVisible();
  const late = await recipient(browser, link);
  await show(late);
  await gone(late);
});

/** Sending a file can be stopped; closing the dialog meanwhile says what becomes of it. */
async function stopUpload(page: Page): Promise<void> {
  const dialog = dialogOf(page);
  const upload = /\/api\/sends\/[^/]+\/file\//;
  await page.route(upload, () => new Promise(() => undefined));
  await dialog.getByRole("button", { name: t("send.create") }).click();
  await expect(dialog.getByText(/^0 bytes .* sent$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(t("send.stopText"))).toBeVisible();
  await button(page, t("ui.keepWaiting")).click();
  await button(page, t("send.stop")).click();
  await expect(dialog.getByText(t("send.stopped"))).toBeVisible();
  await page.unroute(upload);
  await expect(sendRow(page, "Plan of the rack")).toHaveCount(0);
}

test("by keyboard: one after another is deleted from the list", async ({ page, server, person }) => {
  expect(person.email).toContain("@");
  await openSends(page, server.url);
  for (const name of ["First", "Second", "Third"]) {
    const dialog = await newSend(page);
    await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(secret);
    await dialog.getByLabel(t("common.name"), { exact: true }).fill(name);
    await createAndCopy(page);
  }
  const bin = (name: string) => button(page, t("send.deleteTitle", { name }));
  await bin("First").focus();
  for (const [name, next] of [
    ["First", "Second"],
    ["Second", "Third"],
  ] as const) {
    await page.keyboard.press("Enter");
    await dialogOf(page)
      .getByRole("button", { name: t("send.deleteAction") })
      .press("Enter");
    await expect(sendRow(page, name)).toHaveCount(0);
    await expect(bin(next)).toBeFocused();
  }
});

test("a file is chosen, sent, received and saved", async ({ page, browser, server, person }) => {
  expect(person.email).toContain("@");
  await openSends(page, server.url);
  const dialog = await newSend(page);
  await dialog.getByText(t("send.kind.file"), { exact: true }).click();
  const body = Buffer.from("a plan ".repeat(50_000));
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "Draft.html", mimeType: "text/html", buffer: Buffer.from("a draft") });
  await expect(dialog.getByLabel(t("common.name"), { exact: true })).toHaveValue("Draft.html");
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "Plan <b>.html", mimeType: "text/html", buffer: body });
  await expect(dialog.getByLabel(t("common.name"), { exact: true })).toHaveValue("Plan <b>.html");
  await dialog.getByLabel(t("common.name"), { exact: true }).fill("Plan of the rack");
  await stopUpload(page);
  const link = await createAndCopy(page);

  const guest = await recipient(browser, link);
  await show(guest);
  await expect(guest.getByText("Plan <b>.html")).toBeVisible();
  const [download] = await Promise.all([
    guest.waitForEvent("download"),
    button(guest, t("receive.download")).click(),
  ]);
  expect(readFileSync(await download.path()).equals(body)).toBe(true);
  await expect(guest.getByText(t("receive.saved"))).toBeVisible();
  expect(guest.context().pages()).toHaveLength(1);
});

const sixDigits = /(?<=^\s*)\d{6}(?=\s*$)/m;

/** What the newest letter to an address says. */
async function read(mailbox: Mailbox, email: string, what: RegExp): Promise<string> {
  const found = () => what.exec(mailbox.letterTo(email))?.[0] ?? "";
  await expect.poll(found, { timeout: 60_000 }).not.toBe("");
  return found();
}

/** Where mail works, a registration goes by the link in a letter. */
async function registerByMail(page: Page, server: Server, mailbox: Mailbox): Promise<void> {
  const person = somebody("Ada Example");
  await page.goto(`${server.url}/#/register`);
  await page.getByLabel(t("common.email")).fill(person.email);
  await page.getByRole("button", { name: t("common.continue") }).click();
  const link = await read(mailbox, person.email, /#\/finish-signup\?\S+?(?=["\s<])/);
  await page.goto(`${server.url}/${link.replaceAll("&amp;", "&")}`);
  await fillRegistration(page, person);
  await expectUnlocked(page);
}

test("a text for certain people, who get a code by e-mail", async ({ page, browser }) => {
  const mailbox = await Mailbox.start();
  const server = await Server.start({ ...open, ...mailbox.settings });
  try {
    await registerByMail(page, server, mailbox);
    await openSends(page, server.url);
    const dialog = await newSend(page);
    await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(secret);
    await dialog.getByLabel(t("common.name"), { exact: true }).fill("For Ben");
    await dialog.getByRole("radio", { name: t("send.whoEmails") }).check();
    await dialog.getByLabel(t("send.emails")).fill("Ben@example.test");
    const link = await createAndCopy(page);

    const guest = await recipient(browser, link);
    await show(guest);
    const address = guest.getByLabel(t("common.email"));
    await address.fill("mallory@example.test");
    await button(guest, t("receive.sendCode")).click();
    await guest.getByLabel(t("receive.code"), { exact: true }).fill("000000");
    await button(guest, t("receive.open")).click();
    await expect(guest.getByText(t("receive.codeWrong"))).toBeVisible();
    await button(guest, t("receive.otherAddress")).click();
    await address.fill("ben@example.test");
    await button(guest, t("receive.sendCode")).click();
    const first = await read(mailbox, "ben@example.test", sixDigits);
    await button(guest, t("receive.anotherCode")).click();
    await expect.poll(() => mailbox.letters.filter((letter) => letter.includes("To: <ben@")).length).toBe(2);
    const code = await read(mailbox, "ben@example.test", sixDigits);
    expect(code).not.toBe(first);
    await guest.getByLabel(t("receive.code"), { exact: true }).fill(code);
    await button(guest, t("receive.open")).click();
    await expect(guest.getByText(secret)).toBeVisible();
    expect(mailbox.letters.filter((letter) => letter.includes("mallory"))).toEqual([]);
  } finally {
    await server.stop();
    await mailbox.stop();
  }
});

test("a link that lost a part says so, and asks the server nothing", async ({ page, server }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${server.url}/#/send/ct2APRQtJk-BLLDwAYqhRA/Pgui0FK85cN`);
  await expect(page.getByRole("heading", { name: t("receive.damagedTitle") })).toBeVisible();
  await page.goto(`${server.url}/#/send/ct2APRQtJk-BLLDwAYqhRA/Pgui0FK85cNhBGWHAlBHBw`);
  await expect(page.getByRole("heading", { name: t("receive.title") })).toBeVisible();
  expect(asked.filter((url) => /\/(api|identity)\//.test(url))).toEqual([]);
  await show(page);
  await gone(page);
});

/** Clicks of a real pointer since the page was loaded. */
const clicksOf = (page: Page) => page.evaluate(() => (window as unknown as { clicks: number }).clicks);

test("technicians send from inside a client in two clicks, and from an item", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    await page.addInitScript(() => {
      const counted = window as unknown as { clicks: number };
      counted.clicks = 0;
      window.addEventListener("pointerdown", () => (counted.clicks += 1), true);
    });
    await found(page, browser, server);
    await openPortal(page, "overview");
    await page.getByRole("link", { name: client, exact: true }).click();
    await expect(page.getByRole("heading", { name: t("console.overview.jobs") })).toBeVisible();
    const before = await clicksOf(page);
    await page.getByRole("button", { name: t("console.job.send") }).click();
    const dialog = dialogOf(page);
    await expect(dialog).toContainText(t("send.own"));
    await expect(dialog).toContainText(t("send.clientNote", { name: client }));
    await expect(dialog.getByLabel(t("common.name"), { exact: true })).toHaveValue(
      t("send.clientName", { name: client }),
    );
    await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(secret);
    await dialog.getByRole("button", { name: t("send.create") }).click();
    await expect(dialog.getByRole("button", { name: t("send.copyLink") })).toBeFocused();
    await page.keyboard.press("Enter");
    const link = await copied(page);
    expect((await clicksOf(page)) - before).toBe(2);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await readBy(browser, link, secret);
    await sendItem(page, browser, server);
  } finally {
    await server.stop();
  }
});

async function readBy(browser: Browser, link: string, text: string): Promise<void> {
  const guest = await recipient(browser, link);
  await show(guest);
  const uncover = button(guest, t("receive.uncover"));
  const copy = button(guest, t("receive.copy"));
  await expect(copy).toBeVisible();
  if (await uncover.isVisible()) {
    await uncover.click();
  }
  await expect(guest.getByText(text)).toBeVisible();
  await guest.context().close();
}

async function sendItem(page: Page, browser: Browser, server: Server): Promise<void> {
  await page.goto(`${server.url}/#/vault`);
  await createLogin(page, "Core switch", { [t("vault.username")]: "admin", [t("vault.password")]: secret });
  await act(page, t("vault.sendItem"));
  const dialog = dialogOf(page);
  await expect(dialog.getByText(secret)).toHaveCount(0);
  await expect(dialog.getByRole("checkbox", { name: t("vault.password") })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: t("send.hide") })).toBeChecked();
  await dialog.getByRole("checkbox", { name: t("vault.username") }).uncheck();
  const link = await createAndCopy(page);
  await expect(itemRow(page, "Core switch")).toBeVisible();
  await readBy(browser, link, secret);
}

test("a phone, in German, and what axe finds", async ({ page, browser, server, person }) => {
  expect(person.email).toContain("@");
  await openSends(page, server.url);
  await check(page, "no Sends");
  const dialog = await newSend(page);
  await dialog.getByRole("button", { name: t("send.more") }).click();
  await check(page, "a new Send");
  await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(secret);
  await dialog.getByLabel(t("common.name"), { exact: true }).fill("Phone");
  await dialog.getByRole("radio", { name: t("send.whoPassword") }).check();
  await dialog.getByLabel(t("send.password"), { exact: true }).fill("tulip");
  const link = await createAndCopy(page);
  await check(page, "Sends");
  await button(page, "Phone").click();
  await button(page, t("ui.show")).click();
  await check(page, "a Send");

  const de = wordsOf("de");
  const phone = { viewport: { width: 390, height: 844 }, locale: "de-DE" };
  const context = await browser.newContext({ ...phone, permissions: ["clipboard-read", "clipboard-write"] });
  const guest = await context.newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: de("receive.title") })).toBeVisible();
  await check(guest, "a link");
  await guest.keyboard.press("Enter");
  await guest.getByLabel(de("receive.password"), { exact: true }).fill("tulip");
  await check(guest, "the password of a Send");
  await guest.keyboard.press("Enter");
  await expect(guest.getByText(secret)).toBeVisible();
  await check(guest, "what was sent");
  const wider = await guest.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await context.close();
});
