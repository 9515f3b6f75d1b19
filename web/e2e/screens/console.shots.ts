import { type Browser, open, type Page, test } from "../support/fixtures.ts";
import { logIn, type Person, register, somebody } from "../support/people.ts";
import { createClient } from "../support/provider.ts";
import { Server } from "../support/server.ts";
import { codeOf } from "../support/totp.ts";
import { t, wordsOf } from "../support/words.ts";
import { consoleStops, ownStops, sectionStops } from "./console.ts";
import { manyOf } from "./many.ts";
import { type Language, languages, newPage, shoot, speak, speakOutside, visit } from "./shoot.ts";

const demo = "demo-only-never-in-earnest-1";
const of = (name: string): Person => ({
  name,
  email: `${name.toLowerCase().replace(" ", ".")}@example.test`,
  password: demo,
});
const technician = of("Petra Provider");
const owner = of("Olga Cedar");
const member = of("Sven Cedar");
const forgetful = { en: of("Rosa Cedar"), de: of("Amber Dogwood") };
const lists = ["people", "groups", "collections"];
const staffSections = ["overview", "items", "people", "policies", "events", "settings"];
const everySection = [
  "overview",
  "items",
  "collections",
  "people",
  "groups",
  "policies",
  "events",
  "settings",
];

/** Which organization is looked at, from the address of a page of it. */
const pathOf = (page: Page, sections: RegExp) => (page.url().split("/#/")[1] ?? "").replace(sections, "");

test("the Admin Console", async ({ browser }) => {
  const server = await Server.start(open);
  const failed: string[] = [];
  await server.command("demo");
  try {
    for (const language of languages) {
      failed.push(...(await asOwner(browser, server, language)));
    }
    failed.push(...(await asProvider(browser, server)));
    for (const language of languages) {
      failed.push(...(await recovered(browser, server, language)));
      failed.push(...(await asMember(browser, server, language)));
    }
  } finally {
    await server.stop();
  }
  if (failed.length > 0) {
    throw new Error(`These pictures are missing:\n${failed.join("\n")}`);
  }
});

async function asOwner(browser: Browser, server: Server, language: Language): Promise<string[]> {
  const page = await newPage(browser);
  await logIn(page, server.url, owner);
  const at = await consoleOf(page);
  await speak(page, server.url, language);
  const failed = await visit(page, server.url, language, {
    ...consoleStops(at, "console"),
    ...ownStops(at),
  });
  await manyOf(page);
  await page.reload();
  await page.locator("input[type=password]").fill(owner.password);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(2500);
  failed.push(...(await visit(page, server.url, language, sectionStops(at, "console-many", lists))));
  await page.context().close();
  return failed;
}

async function consoleOf(page: Page): Promise<string> {
  await page.getByTitle(t("shell.switchProduct")).click();
  await page
    .getByRole("menuitem", { name: t("shell.adminConsoleOf", { name: "Example School Trust" }) })
    .click();
  await page.waitForURL(/organizations/);
  return pathOf(page, /\/[^/]*$/);
}

/** As staff of the provider: a client as usual, and one that is new. */
async function asProvider(browser: Browser, server: Server): Promise<string[]> {
  const page = await newPage(browser);
  const failed: string[] = [];
  await logIn(page, server.url, technician);
  await page.getByTitle(t("shell.switchProduct")).click();
  await page.getByRole("menuitem").nth(1).click();
  await page.waitForURL(/providers/);
  const portal = page.url();
  await page.getByRole("link", { name: "Example School Trust" }).click();
  await page.waitForURL(/clients\/./);
  const usual = pathOf(page, /\/[^/]*$/);
  await page.goto(portal);
  await createClient(page, "Gemeinnützige Beispielgesellschaft für Bildung mbH", "otto.owner@example.test");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("provider.openClient") })
    .click();
  await page.waitForURL(/clients\/./);
  const fresh = pathOf(page, /\/[^/]*$/);
  for (const language of languages) {
    await speak(page, server.url, language);
    failed.push(
      ...(await visit(page, server.url, language, {
        ...sectionStops(usual, "staff", staffSections),
        ...sectionStops(fresh, "fresh", everySection),
      })),
    );
  }
  await page.context().close();
  return failed;
}

/** Somebody is given a new password, logs in with it, and must choose another. */
async function recovered(browser: Browser, server: Server, language: Language): Promise<string[]> {
  const page = await newPage(browser);
  page.setDefaultTimeout(15_000);
  const given = "a temporary password 42";
  const person = forgetful[language];
  await logIn(page, server.url, owner);
  await page.goto(`${server.url}/#/${await consoleOf(page)}/people`);
  await page.getByRole("button", { name: t("console.people.actsOf", { person: person.name }) }).click();
  await page.getByRole("menuitem", { name: t("console.act.recover") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("auth.newPassword"), { exact: true }).fill(given);
  await dialog.getByRole("button", { name: t("recovery.action") }).click();
  await dialog.getByRole("button", { name: t("common.done") }).waitFor();
  await shoot(page, language, "recovered");
  await page.context().close();
  const fresh = await newPage(browser);
  fresh.setDefaultTimeout(15_000);
  await typeIn(fresh, server.url, language, { ...person, password: given });
  await fresh.getByRole("heading", { name: wordsOf(language)("temporaryPassword.title") }).waitFor();
  await shoot(fresh, language, "temporary-password");
  await fresh.context().close();
  return [];
}

/** Types in what the log-in asks for, in the language of the pictures. */
async function typeIn(page: Page, url: string, language: Language, person: Person): Promise<void> {
  await speakOutside(page, url, language);
  await page.locator("input[type=email]").fill(person.email);
  await page.keyboard.press("Enter");
  await page.getByLabel(wordsOf(language)("auth.masterPassword"), { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
}

/** Enrolling for account recovery. */
async function asMember(browser: Browser, server: Server, language: Language): Promise<string[]> {
  const page = await newPage(browser);
  await logIn(page, server.url, member);
  await speak(page, server.url, language);
  const failed = await visit(page, server.url, language, {
    enrol: [
      "vault",
      async (at, words) => {
        await at.getByRole("link", { name: "Example School Trust" }).hover();
        await at
          .getByRole("button", { name: words("membership.menu", { name: "Example School Trust" }) })
          .click();
        await at.getByRole("menuitem", { name: words("membership.enrol") }).click();
      },
    ],
    "settings-security-member": ["settings/security"],
  });
  await page.context().close();
  return failed;
}

test("two-step login", async ({ browser }) => {
  const server = await Server.start(open);
  const page = await newPage(browser);
  const person = somebody("Tilda Twostep");
  await register(page, server.url, person);
  const dialog = page.getByRole("dialog");
  let key = "";
  for (const language of languages) {
    await speak(page, server.url, language);
    await visit(page, server.url, language, {
      "two-step": [
        "settings/security",
        async (at, words) => {
          await at.getByRole("button", { name: words("twoStep.setUp") }).click();
          await shoot(at, language, "two-step-password");
          await dialog.getByLabel(words("auth.masterPassword"), { exact: true }).fill(person.password);
          await dialog.getByRole("button", { name: words("common.continue") }).click();
          await dialog.getByTestId("two-step-key").waitFor();
        },
      ],
    });
    key = (await dialog.getByTestId("two-step-key").textContent()) ?? "";
  }
  await dialog.getByRole("textbox").first().fill(codeOf(key));
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1500);
  await shoot(page, "de", "two-step-recovery-code");
  for (const language of languages) {
    const other = await newPage(browser);
    await typeIn(other, server.url, language, person);
    await other.getByLabel(wordsOf(language)("auth.secondStep.code")).waitFor();
    await shoot(other, language, "second-step");
    await other.context().close();
  }
  await page.context().close();
  await server.stop();
});
