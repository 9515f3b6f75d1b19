import { type Browser, open, type Page, test } from "../support/fixtures.ts";
import { logIn, type Person, somebody } from "../support/people.ts";
import { setUpProvider } from "../support/provider.ts";
import { Server } from "../support/server.ts";
import { t } from "../support/words.ts";
import { manyClients } from "./manyClients.ts";
import { manyClientStops, portalStops } from "./portal.ts";
import { languages, newPage, speak, visit } from "./shoot.ts";

const admin: Person = {
  name: "Petra Provider",
  email: "petra.provider@example.test",
  password: "demo-only-never-in-earnest-1",
};

test("the overview and the clients of a provider", async ({ browser }) => {
  const server = await Server.start(open);
  const failed: string[] = [];
  await server.command("demo");
  try {
    const page = await newPage(browser);
    await logIn(page, server.url, admin);
    const at = await portalOf(page);
    const id = at.split("/").at(-1) ?? "";
    await server.command("provider", "plan", id, "--teams=40", "--enterprise=90");
    await tag(page, server.url, at);
    for (const language of languages) {
      await speak(page, server.url, language);
      const stops = portalStops(at, "portal", "Example School Trust");
      failed.push(...(await visit(page, server.url, language, stops)));
    }
    await manyClients(page);
    await page.reload();
    await page.locator("input[type=password]").fill(admin.password);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(2500);
    for (const language of languages) {
      await speak(page, server.url, language);
      failed.push(...(await visit(page, server.url, language, manyClientStops(at))));
    }
    await page.context().close();
  } finally {
    await server.stop();
  }
  failed.push(...(await empty(browser)));
  if (failed.length > 0) {
    throw new Error(`These pictures are missing:\n${failed.join("\n")}`);
  }
});

/** The path of the portal of the only provider. */
async function portalOf(page: Page): Promise<string> {
  await page.getByTitle(t("shell.switchProduct")).click();
  await page.getByRole("menuitem", { name: /Provider Portal/ }).click();
  await page.waitForURL(/providers\/[^/]+\/overview/);
  return (page.url().split("/#/")[1] ?? "").replace(/\/overview.*$/, "");
}

/** Two clients under tags of their own. */
async function tag(page: Page, url: string, at: string): Promise<void> {
  await page.goto(`${url}/#/${at}/clients`);
  const tags = { "Example School Trust": ["Education", "North"], "Example Dental Practice": ["South"] };
  for (const [name, words] of Object.entries(tags)) {
    await page.getByRole("button", { name: t("clients.actsOf", { name }) }).click();
    await page.getByRole("menuitem", { name: t("clients.act.tags") }).click();
    const dialog = page.getByRole("dialog");
    for (const word of words) {
      await dialog.getByRole("textbox").fill(word);
      await page.keyboard.press("Enter");
      await dialog.getByRole("checkbox", { name: word }).waitFor();
    }
    await dialog.getByRole("button", { name: t("common.save") }).click();
    await dialog.waitFor({ state: "hidden" });
  }
}

/** A provider without clients: what teaches the first steps. */
async function empty(browser: Browser): Promise<string[]> {
  const server = await Server.start();
  const page = await newPage(browser);
  const failed: string[] = [];
  await setUpProvider(page, server, somebody("Tessa Toolbox"));
  const at = (page.url().split("/#/")[1] ?? "").replace(/\/overview.*$/, "");
  for (const language of languages) {
    await speak(page, server.url, language);
    const stops = {
      "portal-empty-overview": [`${at}/overview`],
      "portal-empty-clients": [`${at}/clients`],
    } as const;
    failed.push(...(await visit(page, server.url, language, stops)));
  }
  await page.context().close();
  await server.stop();
  return failed;
}
