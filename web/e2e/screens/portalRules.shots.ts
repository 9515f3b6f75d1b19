import { open, type Page, test } from "../support/fixtures.ts";
import { logIn, type Person } from "../support/people.ts";
import { Server } from "../support/server.ts";
import { t } from "../support/words.ts";
import { governedStops, rulesStops } from "./portalRules.ts";
import { languages, newPage, speak, visit } from "./shoot.ts";

const demo = "demo-only-never-in-earnest-1";
const admin: Person = { name: "Petra Provider", email: "petra.provider@example.test", password: demo };
const owner: Person = { name: "Olga Cedar", email: "olga.cedar@example.test", password: demo };
const school = "Example School Trust";
const baseline = "Standard for all clients";

test("baselines, the audit log and the search of a provider", async ({ browser }) => {
  const server = await Server.start(open);
  const failed: string[] = [];
  await server.command("demo");
  try {
    const page = await newPage(browser);
    page.setDefaultTimeout(20_000);
    await logIn(page, server.url, admin);
    const at = await portalOf(page);
    await write(page, server.url, at);
    const theirs = await newPage(browser);
    theirs.setDefaultTimeout(20_000);
    await logIn(theirs, server.url, owner);
    const console = await consoleOf(theirs);
    await decide(theirs, server.url, console);
    for (const language of languages) {
      await speak(page, server.url, language);
      failed.push(...(await visit(page, server.url, language, rulesStops(at, baseline, school))));
      // The palette stays open over any address.
      await page.keyboard.press("Escape");
      await speak(theirs, server.url, language);
      failed.push(...(await visit(theirs, server.url, language, governedStops(console, 9, 0))));
    }
  } finally {
    await server.stop();
  }
  if (failed.length > 0) {
    throw new Error(`These pictures are missing:\n${failed.join("\n")}`);
  }
});

async function portalOf(page: Page): Promise<string> {
  await page.getByTitle(t("shell.switchProduct")).click();
  await page.getByRole("menuitem", { name: /^Provider Portal of/ }).click();
  await page.waitForURL(/providers/);
  return (page.url().split("/#/")[1] ?? "").replace(/\/[^/]*$/, "");
}

async function consoleOf(page: Page): Promise<string> {
  await page.getByTitle(t("shell.switchProduct")).click();
  await page
    .getByRole("menuitem", { name: /^Admin Console of/ })
    .first()
    .click();
  await page.waitForURL(/organizations/);
  return (page.url().split("/#/")[1] ?? "").replace(/\/[^/]*$/, "");
}

/** Two baselines, the first one for every client. */
async function write(page: Page, url: string, at: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.goto(`${url}/#/${at}/baselines`);
  for (const [name, description] of [
    [baseline, "Two-step login, long master passwords and accounts that can be recovered."],
    ["Schools, libraries and other shared computers", ""],
  ] as const) {
    await page
      .getByRole("button", { name: t("baselines.new") })
      .first()
      .click();
    await dialog.getByLabel(t("common.name")).fill(name);
    await dialog.getByLabel(t("baselines.description")).fill(description);
    await dialog.getByRole("tab", { name: t("baselines.part.policies") }).click();
    for (const type of [0, 1, 3, 8, 9]) {
      await dialog
        .getByRole("group", { name: t(`policies.name.${type}`), exact: true })
        .getByText(t("baselines.choice.on"), { exact: true })
        .click();
    }
    await dialog.getByRole("tab", { name: t("baselines.part.settings") }).click();
    await dialog
      .getByRole("group", { name: t("orgSettings.rule.limitItemDeletion"), exact: true })
      .getByText(t("baselines.choice.on"), { exact: true })
      .click();
    await dialog.getByRole("button", { name: t("baselines.create") }).click();
    await dialog.waitFor({ state: "hidden" });
  }
  await page.getByRole("button", { name: t("baselines.actsOf", { name: baseline }) }).click();
  await page.getByRole("menuitem", { name: t("baselines.assign") }).click();
  await dialog.getByRole("tab", { name: t("baselines.byClients") }).click();
  for (const box of await dialog.getByRole("checkbox").all()) {
    await box.check();
  }
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The owner of a client does one thing otherwise. */
async function decide(page: Page, url: string, at: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.goto(`${url}/#/${at}/policies`);
  await page.getByRole("button", { name: t("policies.name.0") }).click();
  await dialog.getByRole("button", { name: t("governed.deviate") }).click();
  await dialog
    .last()
    .getByLabel(t("governed.reason"))
    .fill("Our pupils have no telephones of their own; we hand out codes on paper from autumn on.");
  await dialog
    .last()
    .getByRole("button", { name: t("governed.deviateAction") })
    .click();
  await dialog.getByRole("button", { name: t("governed.withdraw") }).waitFor();
}
