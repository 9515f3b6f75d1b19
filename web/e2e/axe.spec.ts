import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { createLogin, detail, view } from "./support/items.ts";
import { accountMenu, fillRegistration, register, somebody } from "./support/people.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

/** The dialogs about the people of a client whose owner is invited. */
async function checkPeople(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: t("console.people.invite") }).click();
  await dialog.getByRole("radio", { name: t("client.roles.4"), exact: true }).check();
  await check(page, "the dialog to invite people");
  await dialog.getByRole("tab", { name: t("vault.collections") }).click();
  await expect(dialog.getByRole("checkbox", { name: t("client.defaultCollection") })).toBeVisible();
  await check(page, "the collections of an invitation");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "otto@example.test", exact: true }).click();
  await expect(dialog.getByRole("radio", { name: t("client.roles.0"), exact: true })).toBeChecked();
  await check(page, "the panel of a person");
  await dialog.getByRole("tab", { name: t("vault.collections") }).click();
  await expect(dialog.getByRole("checkbox", { name: t("client.defaultCollection") })).toBeVisible();
  await check(page, "the collections of a person");
  await dialog.getByRole("button", { name: t("console.act.offboard") }).click();
  await expect(
    dialog
      .getByRole("button", { name: t("console.offboard.download") })
      .or(dialog.getByText(t("console.offboard.noItems", { person: "otto@example.test" }))),
  ).toBeVisible();
  await check(page, "the dialog to offboard somebody");
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: t("vault.selectAll") }).check();
  await page.getByRole("button", { name: t("console.bulk.remove_one", { count: 1 }) }).click();
  await check(page, "people who are marked, and what is done to them");
  await page.keyboard.press("Escape");
}

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("pages without an account", async ({ page, server }) => {
  const ids =
    "organizationId=6f9619ff-8b86-4011-b42d-00c04fc964ff&organizationUserId=6f9619ff-8b86-4011-b42d-00c04fc964fe";
  const pages: Record<string, string> = {
    login: t("auth.loginTitle"),
    register: t("auth.registerTitle"),
    "finish-signup?token=x&email=ada@example.test": t("auth.finishTitle"),
    hint: t("auth.hintTitle"),
    "recover-delete": t("auth.recoverTitle"),
    "providers/setup-provider?providerId=x&token=y": t("auth.setupTitle"),
    [`accept-organization?${ids}&organizationName=Example&email=ada@example.test&token=x`]: t(
      "auth.joinTitle",
      {
        name: "Example",
      },
    ),
    "accept-organization": t("auth.brokenTitle"),
    nowhere: t("errors.missingTitle"),
  };
  for (const [path, title] of Object.entries(pages)) {
    await page.goto(`${server.url}/#/${path}`);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await check(page, path);
  }
  await page.goto(`${server.url}/#/finish-signup?token=x&email=ada@example.test`);
  await fillRegistration(page, { ...somebody(), password: "short" });
  await check(page, "a registration with a mistake");
});

test("the vault", async ({ page, server }) => {
  await register(page, server.url, somebody());
  await check(page, "the empty vault");
  await createLogin(page, "Router", {
    [t("vault.password")]: "a secret",
    [t("vault.totpSecret")]: "JBSWY3DPEHPK3PXP",
  });
  await detail(page)
    .getByRole("button", { name: t("ui.show"), exact: true })
    .click();
  await check(page, "a login");
  await detail(page)
    .getByRole("button", { name: t("common.more"), exact: true })
    .click();
  // An open menu hangs below the body: it has a role of its own and lies in no landmark.
  await check(page, "the menu of an item", ["region"]);
  await page.keyboard.press("Escape");
  for (const type of [
    "login",
    "card",
    "identity",
    "secureNote",
    "sshKey",
    "bankAccount",
    "driversLicense",
    "passport",
  ]) {
    await page.goto(`${server.url}/#/vault?mode=new-${type}`);
    await expect(page.getByRole("heading", { name: t(`vault.newTitle.${type}`) })).toBeVisible();
    await check(page, `a new ${type}`);
  }
  await view(page, t("vault.view.trash"));
  await check(page, "the empty trash");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await check(page, "the command palette");
});

test("generator, settings, lock and log-in", async ({ page, server, person }) => {
  await page.goto(`${server.url}/#/generator`);
  await expect(page.locator("output")).toHaveText(/\S{14}/);
  await check(page, "the generator");
  for (const section of ["profile", "security", "keys", "devices", "appearance", "data", "danger"]) {
    await page.goto(`${server.url}/#/settings/${section}`);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await check(page, `settings: ${section}`);
  }
  await page.goto(`${server.url}/#/settings/security`);
  await page.getByRole("button", { name: t("twoStep.setUp") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: t("common.continue") }).click();
  await expect(dialog.getByRole("img", { name: t("twoStep.qr") })).toBeVisible();
  await check(page, "setting up two-step login");
  await page.keyboard.press("Escape");
  await accountMenu(page, t("shell.lock"));
  await check(page, "the locked vault");
});

async function checkGroup(page: Page): Promise<void> {
  await page.getByRole("tab", { name: t("console.section.groups") }).click();
  await page
    .getByRole("button", { name: t("console.groups.new") })
    .first()
    .click();
  const panel = page.getByRole("dialog");
  await check(page, "the panel of a new group");
  for (const tab of ["members", "collections"]) {
    await panel.getByRole("tab", { name: t(`console.groups.tab.${tab}`) }).click();
    await panel.getByRole("checkbox").first().check();
    await check(page, `the panel of a group: ${tab}`);
  }
  await discard(page);
}

/** Escape asks first where something was changed. */
async function discard(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  const yes = page.getByRole("button", { name: t("ui.discard") });
  await expect(yes).toBeVisible();
  await check(page, "the question what becomes of changes");
  await yes.click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** The dialogs of the settings that write at once. */
async function checkSettings(page: Page): Promise<void> {
  await page.getByRole("tab", { name: t("console.section.settings") }).click();
  await page.getByRole("button", { name: t("domains.add") }).click();
  await check(page, "the dialog to claim a domain");
  await page.keyboard.press("Escape");
}

async function checkPolicy(page: Page): Promise<void> {
  await page.getByRole("tab", { name: t("console.section.policies") }).click();
  await page.getByRole("button", { name: t("policies.name.8") }).click();
  await page.getByRole("dialog").getByRole("switch").click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await check(page, "a policy that cannot be turned on yet");
  await discard(page);
}

test("the Provider Portal", async ({ page }) => {
  // Many pages, each looked at twice.
  test.slow();
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    await check(page, "no clients");
    await page
      .getByRole("button", { name: t("provider.newClient") })
      .first()
      .click();
    await check(page, "the dialog for a new client");
    await page.keyboard.press("Escape");
    await createClient(page, "Example Bakery", "otto@example.test");
    await check(page, "the invitation");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("provider.openClient") })
      .click();
    const others = ["overview", "items", "collections", "groups", "policies", "events", "settings", "import"];
    for (const id of [...others, "people"]) {
      await page.getByRole("tab", { name: t(`console.section.${id}`), exact: true }).click();
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      await check(page, `a client's ${id}`);
    }
    await checkPeople(page);
    await checkPolicy(page);
    await checkGroup(page);
    await checkSettings(page);
    await page.getByRole("tab", { name: t("vault.collections") }).click();
    await page.getByRole("button", { name: t("client.newCollection") }).click();
    await page
      .getByRole("dialog")
      .getByRole("tab", { name: t("collections.access") })
      .click();
    await expect(page.getByRole("checkbox", { name: "otto@example.test" })).toBeVisible();
    await check(page, "the dialog for a new collection");
    await page.keyboard.press("Escape");
    await page
      .getByRole("link", { name: t("shell.clients") })
      .first()
      .click();
    await expect(page.getByRole("row", { name: "Example Bakery" })).toBeVisible();
    await check(page, "the list of clients");
  } finally {
    await server.stop();
  }
});
