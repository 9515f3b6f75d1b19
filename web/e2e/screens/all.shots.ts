import { type Browser, open, type Page, test } from "../support/fixtures.ts";
import { createLogin } from "../support/items.ts";
import { expectUnlocked, logIn, type Person, register, somebody } from "../support/people.ts";
import { setUpProvider } from "../support/provider.ts";
import { Server } from "../support/server.ts";
import { wordsOf } from "../support/words.ts";
import { manyItems } from "./many.ts";
import { languages, newPage, shoot, speak, speakOutside, tour } from "./shoot.ts";

const demo = "demo-only-never-in-earnest-1";
const technician: Person = { name: "Petra Provider", email: "petra.provider@example.test", password: demo };
const owner: Person = { name: "Amber Alder", email: "amber.alder@example.test", password: demo };
const outside = {
  login: "login",
  register: "register",
  "finish-signup": "finish-signup?token=x&email=ada@example.test",
  hint: "hint",
  "recover-delete": "recover-delete",
  setup: "providers/setup-provider?providerId=x&token=y",
  join: "accept-organization?organizationId=x&organizationUserId=y&organizationName=Example%20Bakery&email=ada@example.test&token=z",
  missing: "nowhere",
};
const settings = Object.fromEntries(
  ["profile", "security", "keys", "devices", "appearance", "data", "danger"].map((name) => [
    `settings-${name}`,
    `settings/${name}`,
  ]),
);
const forms = Object.fromEntries(
  ["login", "card", "identity", "secureNote", "sshKey", "bankAccount", "passport"].map((type) => [
    `new-${type}`,
    `vault?mode=new-${type}`,
  ]),
);

test("an empty house", async ({ browser }) => {
  for (const language of languages) {
    const server = await Server.start(open);
    const page = await newPage(browser);
    await speakOutside(page, server.url, language);
    await tour(page, server.url, language, outside);
    await page.evaluate(() => localStorage.setItem("kastellan.language", "en"));
    await page.reload();
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    const clients = page.url().split("/#/")[1] ?? "";
    await speak(page, server.url, language);
    await tour(page, server.url, language, {
      "vault-empty": "vault",
      "clients-empty": clients,
      ...settings,
      ...forms,
    });
    await tour(page, server.url, language, { "trash-empty": "vault?view=trash", generator: "generator" });
    await page.context().close();
    await server.stop();
  }
});

test("a full house", async ({ browser }) => {
  const server = await Server.start(open);
  await server.command("demo");
  for (const language of languages) {
    const words = wordsOf(language);
    const page = await newPage(browser);
    await logIn(page, server.url, technician);
    const portal = await portalOf(page);
    await speak(page, server.url, language);
    await tour(page, server.url, language, { clients: portal });
    await page.getByRole("button", { name: words("provider.newClient") }).click();
    await shoot(page, language, "client-new");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Example School Trust" }).click();
    await page.waitForTimeout(1500);
    await shoot(page, language, "client-items");
    const client = (page.url().split("/#/")[1] ?? "").replace(/\/items.*$/, "");
    await page.locator("[data-item]").nth(2).click();
    await shoot(page, language, "client-item");
    await tour(page, server.url, language, {
      "client-collections": `${client}/collections`,
      "client-people": `${client}/people`,
    });
    await page
      .getByRole("button", { name: words("client.confirm"), exact: true })
      .first()
      .click();
    await page.waitForTimeout(600);
    await shoot(page, language, "client-confirm");
    await page.goto(`${server.url}/#/${client}/collections`);
    await page.getByRole("button", { name: words("client.newCollection") }).click();
    await page.waitForTimeout(600);
    await shoot(page, language, "client-collection-new");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.waitForTimeout(600);
    await shoot(page, language, "palette");
    await page.context().close();
  }
  await ownersVault(browser, server);
  await server.stop();
});

async function portalOf(page: Page): Promise<string> {
  await page.getByTitle(wordsOf("en")("shell.switchProduct")).click();
  await page.getByRole("menuitem").nth(1).click();
  await page.waitForURL(/clients/);
  return page.url().split("/#/")[1] ?? "";
}

async function ownersVault(browser: Browser, server: Server): Promise<void> {
  for (const language of languages) {
    const page = await newPage(browser);
    await logIn(page, server.url, owner);
    await speak(page, server.url, language);
    await tour(page, server.url, language, { vault: "vault" });
    await page.locator("[data-item]").first().click();
    await shoot(page, language, "vault-item");
    await page.context().close();
  }
}

test("a thousand items with long names", async ({ browser }) => {
  const server = await Server.start(open);
  const page = await newPage(browser);
  await register(page, server.url, somebody("Maximiliane Extraordinarily-Longname of the Example Family"));
  await createLogin(page, "Router");
  await page.goto(`${server.url}/#/settings/data`);
  await page.locator("input[type=file]").setInputFiles({
    name: "many.json",
    mimeType: "application/json",
    buffer: Buffer.from(manyItems(1000)),
  });
  await page
    .getByRole("button", { name: wordsOf("en")("settings.importAction_other", { count: 1000 }) })
    .click();
  await page
    .getByText(wordsOf("en")("settings.imported_other", { count: 1000 }))
    .waitFor({ timeout: 120_000 });
  for (const language of languages) {
    await speak(page, server.url, language);
    await tour(page, server.url, language, { "many-items": "vault" });
    await page.locator("[data-item]").nth(3).click();
    await shoot(page, language, "many-item");
    await page.locator("[data-list] input[type=checkbox]").nth(1).check({ force: true });
    await page.locator("[data-list] input[type=checkbox]").nth(4).check({ force: true });
    await shoot(page, language, "many-selected");
  }
  await expectUnlocked(page).catch(() => undefined);
  await page.context().close();
  await server.stop();
});
