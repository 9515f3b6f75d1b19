import { readFile } from "node:fs/promises";
import { attachOld } from "./support/attachments.ts";
import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { createLogin, detail, itemRow, view } from "./support/items.ts";
import { found, openSection } from "./support/organization.ts";
import { Server } from "./support/server.ts";
import { t, wordsOf } from "./support/words.ts";

const files = (page: Page) => detail(page).getByRole("region", { name: t("attachment.title") });
const row = (page: Page, name: string) => files(page).getByRole("listitem", { name, exact: true });

const textFile = (name: string, content: string) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(content),
});

async function attach(page: Page, ...chosen: ReturnType<typeof textFile>[]): Promise<void> {
  await files(page).getByLabel(t("attachment.choose")).setInputFiles(chosen);
  for (const { name } of chosen) await expect(row(page, name)).toBeVisible();
}

async function download(page: Page, name: string): Promise<string> {
  const waiting = page.waitForEvent("download");
  await row(page, name)
    .getByRole("button", { name: t("attachment.download", { name }) })
    .click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toBe(name);
  return readFile(await saved.path(), "utf8");
}

async function menu(page: Page, name: string, act: string): Promise<void> {
  await row(page, name)
    .first()
    .getByRole("button", { name: t("attachment.actsOf", { name }) })
    .click();
  await page.getByRole("menuitem", { name: act, exact: true }).click();
}

/** As somebody's file manager does it. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName = "", text = ""]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], fileName, { type: "text/plain" }));
      return data;
    },
    [name, content],
  );
  const target = files(page);
  await target.dispatchEvent("dragenter", { dataTransfer: transfer });
  await expect(page.getByText(t("attachment.dropText"))).toBeVisible();
  await target.dispatchEvent("dragover", { dataTransfer: transfer });
  await target.dispatchEvent("drop", { dataTransfer: transfer });
  await expect(page.getByText(t("attachment.dropText"))).toBeHidden();
}

test("files of an item: add, drop, download, rename, delete, filter", async ({ page, person: _ }) => {
  await createLogin(page, "Router");
  await createLogin(page, "Printer");
  await itemRow(page, "Router").click();
  await attach(page, textFile("port plan.txt", "port 22\n"), textFile("empty.txt", ""));
  expect(await download(page, "port plan.txt")).toBe("port 22\n");
  expect(await download(page, "empty.txt")).toBe("");
  await expect(files(page)).toContainText(t("attachment.storage").split("{{limit}}").pop() ?? "");

  await drop(page, "dropped.txt", "dropped\n");
  await expect(row(page, "dropped.txt")).toBeVisible();
  expect(await download(page, "dropped.txt")).toBe("dropped\n");

  await menu(page, "dropped.txt", t("attachment.rename"));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("attachment.fileName")).fill("renamed.txt");
  await dialog.getByRole("button", { name: t("attachment.rename") }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "renamed.txt")).toBeVisible();
  expect(await download(page, "renamed.txt")).toBe("dropped\n");
  await check(page, "an item with attachments");

  // By keyboard: the button goes while the file is fetched, and its place keeps the focus.
  const fetching = row(page, "port plan.txt").getByRole("button", {
    name: t("attachment.download", { name: "port plan.txt" }),
  });
  await fetching.focus();
  const saved = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  await saved;
  await expect(fetching).toBeFocused();

  await menu(page, "empty.txt", t("attachment.delete"));
  await dialog.getByRole("button", { name: t("attachment.delete"), exact: true }).click();
  await expect(row(page, "empty.txt")).toHaveCount(0);

  // What was written between still fits together with what the server has.
  await detail(page)
    .getByRole("button", { name: t("common.edit"), exact: true })
    .click();
  await detail(page).getByLabel(t("common.name"), { exact: true }).fill("Core router");
  await detail(page)
    .getByRole("button", { name: t("common.save"), exact: true })
    .click();
  await expect(detail(page).getByRole("heading", { name: "Core router" })).toBeVisible();

  await view(page, t("vault.view.attachments"));
  await expect(itemRow(page, "Core router")).toBeVisible();
  await expect(itemRow(page, "Printer")).toHaveCount(0);
  await itemRow(page, "Core router").click();
  await page.reload();
});

test("an upload goes on while other items are looked at, and asks before the page is left", async ({
  page,
  person: _,
}) => {
  await createLogin(page, "Router");
  await createLogin(page, "Printer");
  await itemRow(page, "Router").click();
  const held: (() => void)[] = [];
  await page.route(/\/attachment\/[^/]+$/, async (route) => {
    if (route.request().method() === "POST" && !route.request().url().endsWith("/v2")) {
      await new Promise<void>((next) => held.push(next));
    }
    await route.continue();
  });
  await files(page).getByLabel(t("attachment.choose")).setInputFiles(textFile("slow.txt", "slow\n"));
  await expect(files(page).getByRole("progressbar")).toBeVisible();
  await expect.poll(() => held.length).toBe(1);

  await itemRow(page, "Printer").click();
  await expect(files(page).getByRole("progressbar")).toHaveCount(0);
  const asked = page.waitForEvent("dialog");
  const left = page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await left;
  expect(page.isClosed()).toBe(false);

  await itemRow(page, "Router").click();
  await expect(files(page).getByRole("progressbar")).toBeVisible();
  held.shift()?.();
  await expect(row(page, "slow.txt")).toBeVisible();

  await files(page).getByLabel(t("attachment.choose")).setInputFiles(textFile("stopped.txt", "stopped\n"));
  await expect.poll(() => held.length).toBe(1);
  await files(page)
    .getByRole("button", { name: t("attachment.cancel", { name: "stopped.txt" }) })
    .click();
  await expect(files(page)).not.toContainText("stopped.txt");
  await expect(files(page).getByRole("progressbar")).toHaveCount(0);
});

test("what the server has no room for is refused in its words, and can be tried again", async ({ page }) => {
  const server = await Server.start({ registration: "open", "account-storage": "1MiB" });
  try {
    const { register, somebody } = await import("./support/people.ts");
    await register(page, server.url, somebody());
    await createLogin(page, "Router");
    const buffer = Buffer.alloc(700 * 1024, 7);
    const chooser = files(page).getByLabel(t("attachment.choose"));
    await chooser.setInputFiles({ name: "first.bin", mimeType: "application/octet-stream", buffer });
    await expect(row(page, "first.bin")).toBeVisible();
    await chooser.setInputFiles({ name: "second.bin", mimeType: "application/octet-stream", buffer });
    await expect(files(page).getByRole("alert")).toContainText("1.0 MB");
    await menu(page, "first.bin", t("attachment.delete"));
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("attachment.delete"), exact: true })
      .click();
    await expect(row(page, "first.bin")).toHaveCount(0);
    await files(page)
      .getByRole("button", { name: t("attachment.retry", { name: "second.bin" }) })
      .click();
    await expect(row(page, "second.bin")).toBeVisible();
  } finally {
    await server.stop();
  }
});

test("files go with an item to the organization, and its console has them too", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, ownerPage } = await found(page, browser, server);
    await openSection(ownerPage, id, "collections");
    await ownerPage
      .getByRole("button", { name: t("client.newCollection") })
      .first()
      .click();
    const dialog = ownerPage.getByRole("dialog");
    await dialog.getByLabel(t("common.name")).fill("Network");
    await dialog.getByRole("button", { name: t("common.save") }).click();
    await expect(dialog).toBeHidden();

    await ownerPage.goto(`${server.url}/#/vault`);
    await createLogin(ownerPage, "Gateway");
    await attach(ownerPage, textFile("config.txt", "hostname gateway\n"));
    await detail(ownerPage)
      .getByRole("button", { name: t("common.more"), exact: true })
      .click();
    await ownerPage.getByRole("menuitem", { name: t("vault.shareWith"), exact: true }).click();
    await dialog.getByRole("checkbox", { name: "Network" }).check();
    await dialog.getByRole("button", { name: t("vault.shareAction", { name: "Example Bakery" }) }).click();
    await expect(dialog).toBeHidden();
    expect(await download(ownerPage, "config.txt")).toBe("hostname gateway\n");

    // By the provider's way, with the client's key.
    await page.getByRole("tab", { name: t("console.section.items") }).click();
    await itemRow(page, "Gateway").click();
    expect(await download(page, "config.txt")).toBe("hostname gateway\n");
    await attach(page, textFile("from the provider.txt", "checked\n"));
    await expect(page.getByRole("link", { name: t("vault.view.attachments") })).toBeVisible();
    await check(page, "a client's item with attachments");

    await ownerPage.goto(`${server.url}/#/organizations/${id}/items`);
    await itemRow(ownerPage, "Gateway").click();
    expect(await download(ownerPage, "from the provider.txt")).toBe("checked\n");
  } finally {
    await server.stop();
  }
});

test("a file with the old encryption is marked, and keeps the key from being changed", async ({
  page,
  server,
  person,
}) => {
  await createLogin(page, "Router");
  await attach(page, textFile("plan.txt", "plan"));
  await attachOld(page);
  await expect(files(page).getByText(t("attachment.old"), { exact: true })).toBeVisible();
  await expect(files(page).getByText(t("attachment.oldText"))).toBeVisible();
  await expect(
    files(page).getByRole("button", { name: t("attachment.upgradeOf", { name: "plan.txt" }) }),
  ).toBeVisible();
  await check(page, "a file with the old encryption");

  await page.goto(`${server.url}/#/settings/security`);
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await expect(page.getByText(t("attachment.rotateText"))).toBeVisible();
  await expect(page.getByRole("button", { name: t("settings.rotateKey") })).toBeDisabled();
  await page.getByRole("link", { name: "Router" }).click();
  await expect(detail(page).getByRole("heading", { name: "Router" })).toBeVisible();
});

test("a file with the old encryption is upgraded: what is in it stays, and the key may change again", async ({
  page,
  server,
  person,
}) => {
  await createLogin(page, "Router");
  await attach(page, textFile("plan.txt", "new plan"));
  await attachOld(page, person, "old plan\n");
  await expect(row(page, "plan.txt")).toHaveCount(2);
  const old = row(page, "plan.txt").filter({ hasText: t("attachment.old") });
  const saved = page.waitForEvent("download");
  await old.getByRole("button", { name: t("attachment.download", { name: "plan.txt" }) }).click();
  expect(await readFile(await (await saved).path(), "utf8")).toBe("old plan\n");

  // Nothing is lost where it does not arrive.
  const upload = /\/attachment\/[^/]+$/;
  await page.route(upload, (route) =>
    route.request().method() === "POST" && !route.request().url().endsWith("/v2")
      ? route.abort("connectionreset")
      : route.continue(),
  );
  await old.getByRole("button", { name: t("attachment.upgradeOf", { name: "plan.txt" }) }).click();
  await expect(files(page).getByRole("alert")).toContainText(t("errors.network"));
  await expect(row(page, "plan.txt")).toHaveCount(2);
  await page.unroute(upload);
  await files(page)
    .getByRole("button", { name: t("attachment.retry", { name: "plan.txt" }) })
    .click();
  await expect(files(page).getByText(t("attachment.old"), { exact: true })).toHaveCount(0);
  await expect(row(page, "plan.txt")).toHaveCount(2);
  await menu(page, "plan.txt", t("attachment.delete"));
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("attachment.delete"), exact: true })
    .click();
  await expect(row(page, "plan.txt")).toHaveCount(1);
  expect(await download(page, "plan.txt")).toBe("old plan\n");

  await page.goto(`${server.url}/#/settings/security`);
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await expect(page.getByRole("button", { name: t("settings.rotateKey") })).toBeEnabled();
  await expect(page.getByText(t("attachment.rotateText"))).toHaveCount(0);
});

test("the provider limits how much the files of a client may take", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    const { ownerPage, id } = await found(page, browser, server);
    await page
      .getByRole("link", { name: t("shell.clients"), exact: true })
      .first()
      .click();
    const acts = page.getByRole("button", { name: t("clients.actsOf", { name: "Example Bakery" }) });
    await acts.click();
    await page.getByRole("menuitem", { name: t("attachment.limit.title") }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("5 GB");
    await dialog.getByRole("checkbox", { name: t("attachment.limit.own") }).check();
    await dialog.getByLabel(t("attachment.limit.gigabytes")).fill("2,5");
    await check(page, "the limit of a client's storage");
    await dialog.getByRole("button", { name: t("common.save") }).click();
    await expect(dialog).toBeHidden();
    await openSection(ownerPage, id, "settings");
    await expect(ownerPage.getByText("2.5 GB")).toBeVisible();
  } finally {
    await server.stop();
  }
});

test("on a phone, in German", async ({ page, person: _ }) => {
  const de = wordsOf("de");
  await createLogin(page, "Router");
  await attach(page, textFile("a rather long file name that does not fit into a phone.txt", "x"));
  await page.evaluate(() => localStorage.setItem("kastellan.language", "de"));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByTitle(t("shell.accountMenu")).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: de("attachment.add") })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await check(page, "attachments on a phone, in German");
});
