import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { client, confirm, found, invite, type Organization, openSection } from "./support/organization.ts";
import { accountMenu, type Person, somebody, unlock } from "./support/people.ts";
import { closeCreated, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const provider = "Example IT Services";
const dairy = "Example Dairy";
const row = (page: Page, name: string) => page.getByRole("row", { name });
const dialogOf = (page: Page) => page.getByRole("dialog");

/** Opens a dialog about a client by the menu of its row; it must name the client. */
async function act(page: Page, name: string, key: string): Promise<Locator> {
  await page.getByRole("button", { name: t("clients.actsOf", { name }) }).click();
  await page.getByRole("menuitem", { name: t(key), exact: true }).click();
  await expect(dialogOf(page)).toContainText(name);
  await check(page, `the dialog “${t(key)}”`);
  return dialogOf(page);
}

async function renameAndAssign(page: Page): Promise<void> {
  let dialog = await act(page, "Example Diary", "clients.act.rename");
  await dialog.getByLabel(t("provider.clientName")).fill(dairy);
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(row(page, dairy)).toContainText("7");

  dialog = await act(page, dairy, "clients.act.seats");
  const seats = dialog.getByLabel(t("provider.assigned"));
  const assign = dialog.getByRole("button", { name: t("clients.seats.action"), exact: true });
  await seats.fill("0");
  await expect(dialog).toContainText(t("clients.seats.noNumber"));
  await expect(assign).toBeDisabled();
  await seats.fill("19");
  await seats.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(page, dairy).getByRole("cell", { name: "19", exact: true })).toBeVisible();
}

async function tag(page: Page): Promise<void> {
  const dialog = await act(page, dairy, "clients.act.tags");
  const name = dialog.getByRole("textbox", { name: t("tags.new") });
  for (const word of ["North", "Food"]) {
    await name.fill(word);
    await name.press("Enter");
    await expect(dialog.getByRole("checkbox", { name: word })).toBeChecked();
  }
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(row(page, dairy)).toContainText("North");

  await page.getByRole("button", { name: t("clients.filter.title"), exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "Food" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/tags=/);
  await expect(row(page, client)).toBeHidden();
  await expect(page.getByText(t("common.of", { shown: 1, total: 2 }))).toBeVisible();
  await page.getByRole("button", { name: t("clients.filter.drop", { filter: "Food" }) }).click();
  await expect(row(page, client)).toBeVisible();
}

async function manageTags(page: Page): Promise<void> {
  await page.getByRole("button", { name: t("tags.manage") }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: t("tags.renameOne", { name: "North" }) }).click();
  await dialog.getByLabel(t("common.name")).fill("Northern");
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await dialog.getByRole("button", { name: t("tags.deleteOne", { name: "Food" }) }).click();
  await expect(dialog).toContainText(t("tags.deleteText_one", { count: 1 }));
  await dialog.getByRole("button", { name: t("tags.delete"), exact: true }).click();
  await expect(dialog).toContainText("Northern");
  await expect(dialog).not.toContainText("Food");
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(row(page, dairy)).toContainText("Northern");
}

async function tagBoth(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: t("clients.markAll") }).check();
  await page.getByRole("button", { name: t("tags.assign"), exact: true }).click();
  const dialog = dialogOf(page);
  const box = dialog.getByRole("checkbox", { name: "Northern" });
  await expect(box).toBeChecked({ indeterminate: true });
  await box.check();
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(row(page, client)).toContainText("Northern");
  await page.keyboard.press("Escape");
}

async function suspend(page: Page, ownerPage: Page): Promise<void> {
  let dialog = await act(page, client, "clients.act.suspend");
  await expect(dialog).toContainText(t("clients.suspend.people_one", { count: 1 }));
  await dialog.getByRole("button", { name: t("clients.suspend.action"), exact: true }).click();
  await expect(row(page, client)).toContainText(t("clients.suspended"));
  await accountMenu(ownerPage, t("shell.sync"));
  await expect(ownerPage.getByText(t("shell.synced")).last()).toBeVisible();
  dialog = await act(page, client, "clients.act.resume");
  await dialog.getByRole("button", { name: t("clients.resume.action"), exact: true }).click();
  await expect(row(page, client)).not.toContainText(t("clients.suspended"));
}

test("a client is renamed, given seats and tags, suspended and resumed", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    const { ownerPage } = await found(page, browser, server);
    await openPortal(page, "clients");
    await createClient(page, "Example Diary", "otto.dairy@example.test");
    await closeCreated(page);
    await renameAndAssign(page);
    await tag(page);
    await manageTags(page);
    await tagBoth(page);
    await suspend(page, ownerPage);

    await row(page, dairy).getByRole("link", { name: dairy }).click();
    await expect(page.getByRole("link", { name: "Northern" })).toBeVisible();
    await page.getByRole("button", { name: t("portal.switchClient") }).click();
    await page.keyboard.type("bakery");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: client, level: 1 })).toBeVisible();
    await ownerPage.context().close();
  } finally {
    await server.stop();
  }
});

/** Reads the report that a dialog offers. */
async function report(page: Page): Promise<string> {
  const waiting = page.waitForEvent("download");
  await dialogOf(page)
    .getByRole("button", { name: t("clients.handover.download") })
    .click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^hand-over-example-bakery-\d{4}-\d\d-\d\d\.txt$/);
  return readFile(await file.path(), "utf8");
}

/** The technician becomes an owner of the client, too, by its owner's invitation. */
async function joinAsOwner(page: Page, { id, technician, ownerPage }: Organization): Promise<void> {
  const link = await invite(ownerPage, id, technician, 0);
  await page.goto(link);
  await page.getByRole("button", { name: t("auth.acceptAs", { email: technician.email }) }).click();
  await page.getByRole("button", { name: t("auth.toVault") }).click();
  await openSection(ownerPage, id, "people");
  await confirm(ownerPage, technician);
  await ownerPage.context().close();
  await accountMenu(page, t("shell.sync"));
  await expect(page.getByText(t("shell.synced")).last()).toBeVisible();
}

/** Nobody of this client could lead it without the provider. */
async function refused(page: Page): Promise<void> {
  await createClient(page, dairy, "dora@example.test");
  await closeCreated(page);
  const dialog = await act(page, dairy, "clients.act.unlink");
  await expect(dialog).toContainText(t("clients.unlink.blocked", { name: dairy }));
  await expect(
    dialog.getByRole("button", { name: t("clients.unlink.action", { name: dairy }) }),
  ).toBeDisabled();
  await dialog.getByRole("button", { name: t("common.cancel") }).click();
}

async function unlink(page: Page, organization: Organization): Promise<void> {
  const dialog = await act(page, client, "clients.act.unlink");
  await expect(dialog).toContainText(t("clients.unlink.owners_other", { count: 2 }));
  expect(await report(page)).toContain("Draft of ");
  await dialog.getByRole("button", { name: t("clients.unlink.action", { name: client }) }).click();
  await expect(dialog).toContainText(t("clients.unlink.done", { name: client, provider }));
  const text = await report(page);
  expect(text).toContain(organization.owner.email);
  expect(text).toContain(organization.technician.email);
  expect(text).not.toContain("Draft of ");
  expect(text).toContain(`Unlinked from ${provider}`);
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(row(page, client)).toBeHidden();
}

test("a client is unlinked with a report, and comes back", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    const organization = await found(page, browser, server);
    const portal = page.url();
    await joinAsOwner(page, organization);
    await page.goto(portal);
    await openPortal(page, "clients");
    await refused(page);
    await unlink(page, organization);
    await addAgain(page, organization.technician);
  } finally {
    await server.stop();
  }
});

/** What its owner encrypted is opened with the provider's key afterwards. */
async function addAgain(page: Page, technician: Person): Promise<void> {
  await page.getByRole("button", { name: t("clients.otherWays") }).click();
  await page.getByRole("menuitem", { name: t("clients.addExisting") }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: t("clients.existing.chooseOne", { name: client }) }).click();
  await expect(dialog).toContainText(t("clients.existing.confirmTitle", { name: client, provider }));
  await check(page, "adding an existing organization");
  await dialog.getByRole("button", { name: t("clients.existing.action", { name: client }) }).click();
  await expect(row(page, client)).toContainText(t("provider.planName.19"));
  await page.reload();
  await unlock(page, technician.password);
  await row(page, client).getByRole("link", { name: client }).click();
  await page.getByRole("tab", { name: t("vault.collections") }).click();
  await expect(page.getByRole("button", { name: t("client.defaultCollection") }).first()).toBeVisible();
}

const idOf = (page: Page) => /#\/providers\/([^/?]+)/.exec(page.url())?.[1] ?? "";

/** The app is told that it is a service user who looks at it; what the server allows is tested there. */
async function becomeServiceUser(page: Page): Promise<void> {
  await page.route("**/api/sync*", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { profile: { providers: object[] } };
    const providers = body.profile.providers.map((each) => ({ ...each, type: 1 }));
    await route.fulfill({ response: answer, json: { ...body, profile: { ...body.profile, providers } } });
  });
  await accountMenu(page, t("shell.sync"));
  await expect(page.getByRole("button", { name: t("provider.newClient") })).toBeHidden();
}

/** 10 seats are contracted and 7 assigned: 3 more are free, a fourth would be an additional one. */
async function assignWithinPlan(page: Page): Promise<void> {
  const dialog = await act(page, client, "clients.act.seats");
  const seats = dialog.getByLabel(t("provider.assigned"));
  const assign = dialog.getByRole("button", { name: t("clients.seats.action"), exact: true });
  await seats.fill("11");
  await expect(dialog).toContainText(t("clients.seats.mayNotAdd", { most: 10 }));
  await expect(assign).toBeDisabled();
  await seats.fill("10");
  await assign.click();
  await expect(row(page, client).getByRole("cell", { name: "10", exact: true }).first()).toBeVisible();
}

test("a service user sees what is theirs alone", async ({ page }) => {
  const server = await Server.start();
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    await server.command("provider", "plan", idOf(page), "--teams=0", "--enterprise=10");
    await createClient(page, client, "otto@example.test");
    await closeCreated(page);
    await becomeServiceUser(page);
    await openPortal(page, "clients");
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await page.getByRole("button", { name: t("clients.actsOf", { name: client }) }).click();
    await expect(page.getByRole("menuitem")).toHaveText([
      t("clients.act.people"),
      t("clients.act.rename"),
      t("clients.act.seats"),
    ]);
    await page.keyboard.press("Escape");
    await assignWithinPlan(page);
    await page.goto(page.url().replace("/clients", "/settings"));
    await expect(page.getByRole("heading", { name: t("portal.notYoursTitle") })).toBeVisible();
  } finally {
    await server.stop();
  }
});

test("administrators of a suspended provider reach settings and billing, and nobody clients", async ({
  page,
}) => {
  const server = await Server.start();
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    await createClient(page, client, "otto@example.test");
    await closeCreated(page);
    const id = idOf(page);
    await server.command("provider", "suspend", id);
    await accountMenu(page, t("shell.sync"));
    await expect(
      page.getByText(t("portal.suspendedTitle", { name: provider }), { exact: true }),
    ).toBeVisible();
    await expect(page.getByRole("heading", { name: t("portal.restsTitle") })).toBeVisible();
    await check(page, "a suspended provider");
    const sections = page.getByRole("navigation", { name: t("shell.navigation") }).getByRole("link");
    await expect(sections).toHaveText([t("portal.section.billing"), t("portal.section.settings")]);
    await openPortal(page, "settings");
    await server.command("provider", "resume", id);
    await accountMenu(page, t("shell.sync"));
    await expect(sections.first()).toHaveText(t("portal.section.overview"));
    await openPortal(page, "clients");
    await expect(row(page, client)).toBeVisible();
  } finally {
    await server.stop();
  }
});
