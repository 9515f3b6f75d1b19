import { type Browser, open, type Page, test } from "../support/fixtures.ts";
import { logIn, type Person } from "../support/people.ts";
import { joinTeam, openPortal } from "../support/portal.ts";
import { Server } from "../support/server.ts";
import { t } from "../support/words.ts";
import { manyClients } from "./manyClients.ts";
import { manyStaffStops, staffStops } from "./portalStaff.ts";
import { languages, newPage, speak, visit } from "./shoot.ts";

const demo = "demo-only-never-in-earnest-1";
const admin: Person = { name: "Petra Provider", email: "petra.provider@example.test", password: demo };
const school = "Example School Trust";
const toni: Person = {
  name: "Toni Technician",
  email: "toni.technician@example.test",
  password: "a passphrase for pictures 1",
};
const nora = "nora.newcomer.with.a.long.name@subsidiary.example.test";

test("the team of a provider, its keys, settings and bulk work", async ({ browser }) => {
  const server = await Server.start(open);
  const failed: string[] = [];
  await server.command("demo");
  try {
    const page = await newPage(browser);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await logIn(page, server.url, admin);
    const at = await portalOf(page);
    await prepare(page, browser, at);
    const staff = { technician: toni.name, invited: nora };
    for (const language of languages) {
      await speak(page, server.url, language);
      failed.push(...(await visit(page, server.url, language, staffStops(at, "portal", staff, school))));
    }
    await manyClients(page);
    for (const language of languages) {
      await speak(page, server.url, language);
      failed.push(...(await visit(page, server.url, language, manyStaffStops(at, staff))));
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

/** Somebody who waits to be confirmed, somebody who was only invited, and a key. */
async function prepare(page: Page, browser: Browser, at: string): Promise<void> {
  await page.goto(`${page.url().split("/#/")[0]}/#/${at}/people`);
  await page.getByRole("button", { name: t("staff.invite") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("console.invite.emails")).fill(`${toni.email}, ${nora}`);
  await dialog.getByRole("button", { name: t("console.invite.actionCount_other", { count: 2 }) }).click();
  await dialog.getByRole("button", { name: t("console.invite.copyLinkOf", { email: toni.email }) }).click();
  await page.waitForTimeout(500);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await (await joinTeam(browser, link, toni)).context().close();
  await openPortal(page, "keys");
  await page
    .getByRole("button", { name: t("providerKeys.create") })
    .first()
    .click();
  await dialog.getByLabel(t("common.name")).fill("Ticket system");
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(admin.password);
  await dialog.getByRole("button", { name: t("providerKeys.create") }).click();
  await dialog.getByRole("button", { name: t("providerKeys.kept") }).click();
  await dialog.waitFor({ state: "hidden" });
}
