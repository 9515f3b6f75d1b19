import { expect, ownAddress, type Page, test } from "./support/fixtures.ts";
import { createLogin, itemRow } from "./support/items.ts";
import { accountMenu, expectUnlocked, logIn, type Person, typeLogIn } from "./support/people.ts";
import { everyText, t, wordsOf } from "./support/words.ts";

const section = (page: Page, url: string, name: string) => page.goto(`${url}/#/settings/${name}`);

test("the profile's name and colour", async ({ page, server, person: _ }) => {
  await section(page, server.url, "profile");
  await page.getByLabel(t("common.name"), { exact: true }).fill("Grace Example");
  await page.getByRole("button", { name: t("common.save"), exact: true }).click();
  await expect(page.getByTitle(t("shell.accountMenu"))).toContainText("Grace Example");
  const color = page.getByRole("button", { name: t("settings.color", { number: 3 }) });
  await color.click();
  await expect(color).toHaveAttribute("aria-pressed", "true");
});

test("the whole app in German, and back", async ({ page, server, person: _ }) => {
  await createLogin(page, "Router", { [t("vault.username")]: "ada" });
  await section(page, server.url, "appearance");
  await page.getByLabel(t("shell.language")).selectOption("de");
  const english = foreignTexts();
  for (const at of ["vault", "generator", ...settings.map((name) => `settings/${name}`)]) {
    await page.goto(`${server.url}/#/${at}`);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByTitle(wordsOf("de")("shell.accountMenu"))).toBeVisible();
    await page.waitForTimeout(200);
    expect(await englishOn(page, english), `English words on ${at}`).toEqual([]);
  }
  await section(page, server.url, "appearance");
  await page.getByLabel(wordsOf("de")("shell.language")).selectOption("en");
  await expect(page.getByRole("heading", { name: t("settings.section.appearance") })).toBeVisible();
});

const settings = ["profile", "security", "keys", "devices", "appearance", "data", "danger"];

/** English texts that no German text equals and that carry no values. */
function foreignTexts(): string[] {
  const german = new Set(everyText("de").values());
  return [...everyText("en").values()].filter((text) => !(text.includes("{{") || german.has(text)));
}

/** What stands on the page, in texts and in labels, and is English; a key that was not found has dots in it. */
async function englishOn(page: Page, english: string[]): Promise<string[]> {
  const seen = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      found.push(walker.currentNode.textContent?.trim() ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label],[title],[placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        found.push(element.getAttribute(name)?.trim() ?? "");
      }
    }
    return found;
  });
  const foreign = new Set(english);
  const allowed = new Set(["Router", "English"]);
  return seen.filter(
    (text) => !allowed.has(text) && (foreign.has(text) || /^[a-z]+(\.[a-zA-Z0-9]+)+$/.test(text)),
  );
}

test("light, dark, and as the system", async ({ page, server, person: _ }) => {
  await section(page, server.url, "appearance");
  const background = () =>
    page.evaluate(() => getComputedStyle(document.querySelector("main") ?? document.body).backgroundColor);
  const choose = (value: string) => page.getByLabel(t("shell.theme")).selectOption(value);
  await choose("light");
  const light = await background();
  await choose("dark");
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await choose("system");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).toBe(dark);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(background).toBe(light);
});

async function otherDevice(page: Page, url: string, person: Person) {
  const context = await (page.context().browser() ?? fail()).newContext({ extraHTTPHeaders: ownAddress() });
  const other = await context.newPage();
  await logIn(other, url, person);
  return other;
}

function fail(): never {
  throw new Error("The page has no browser.");
}

test("a new master password ends the other session", async ({ page, server, person }) => {
  const other = await otherDevice(page, server.url, person);
  const fresh = "a quite different phrase 9";
  await section(page, server.url, "security");
  await page.getByLabel(t("settings.currentPassword")).fill("wrong at first 123");
  await page.getByLabel(t("auth.newPassword"), { exact: true }).fill(fresh);
  await page.getByLabel(t("auth.repeatPassword"), { exact: true }).fill(fresh);
  const change = page.getByRole("button", { name: t("settings.changePassword") });
  await change.click();
  await expect(page.getByRole("alert")).toContainText(t("errors.crypto.wrongPassword"));
  await page.getByLabel(t("settings.currentPassword")).fill(person.password);
  await change.click();
  await expect(page.getByText(t("settings.passwordChanged"))).toBeVisible();

  await expect(other.getByRole("heading", { name: t("auth.loginTitle") })).toBeVisible();
  await typeLogIn(other, person.email, person.password);
  await expect(other.getByText(t("auth.wrongPassword"))).toBeVisible();
  await typeLogIn(other, person.email, fresh);
  await expectUnlocked(other);
  await expectUnlocked(page);
  await other.context().close();
});

test("keys are derived with Argon2id from now on", async ({ page, server, person }) => {
  await createLogin(page, "Kept");
  await section(page, server.url, "keys");
  const method = page.getByLabel(t("settings.kdfKind"));
  await expect(method).toHaveValue("pbkdf2");
  await method.selectOption("argon2id");
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).first().fill(person.password);
  await page.getByRole("button", { name: t("settings.kdfChange") }).click();
  await expect(page.getByText(t("settings.kdfChanged"))).toBeVisible({ timeout: 30_000 });
  await accountMenu(page, t("shell.logout"));
  await typeLogIn(page, person.email, person.password);
  await expectUnlocked(page);
  await page.goto(`${server.url}/#/vault`);
  await expect(itemRow(page, "Kept")).toBeVisible();
  await section(page, server.url, "keys");
  await expect(method).toHaveValue("argon2id");
});

test("removing a device ends its session", async ({ page, server, person }) => {
  const other = await otherDevice(page, server.url, person);
  await section(page, server.url, "devices");
  const rows = page.getByRole("main").getByRole("listitem");
  await expect(rows).toHaveCount(2);
  // The device that was seen last stands first, and that is the other one.
  await rows
    .first()
    .getByRole("button", { name: t("common.remove") })
    .click();
  await expect(rows).toHaveCount(1);
  await expect(other.getByRole("heading", { name: t("auth.loginTitle") })).toBeVisible();
  await accountMenu(page, t("shell.sync"));
  await expect(page.getByText(t("shell.synced"))).toBeVisible();
  await other.context().close();
});

test("the account is deleted for good", async ({ page, server, person }) => {
  await section(page, server.url, "danger");
  await page.getByLabel(t("settings.typeEmail", { email: person.email })).fill(person.email);
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await page.getByRole("button", { name: t("settings.deleteAccount") }).click();
  await expect(page.getByText(t("auth.loggedOut.accountDeleted"))).toBeVisible();
  await typeLogIn(page, person.email, person.password);
  await expect(page.getByText(t("auth.wrongPassword"))).toBeVisible();
});

test("an export can be imported again", async ({ page, server, person }) => {
  await createLogin(page, "Travelling", { [t("vault.password")]: "packed-secret" });
  await section(page, server.url, "data");
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: t("settings.exportAction") }).click();
  const path = await (await saved).path();
  await page.getByLabel(t("settings.importChoose")).first().setInputFiles(path);
  await page.getByRole("button", { name: t("settings.importAction_one", { count: 1 }) }).click();
  await expect(page.getByText(t("settings.imported_one", { count: 1 }))).toBeVisible();
  await page.goto(`${server.url}/#/vault`);
  await expect(itemRow(page, "Travelling")).toHaveCount(2);
});
