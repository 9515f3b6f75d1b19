import { readFileSync } from "node:fs";
import { type Browser, expect, type Page, test } from "./support/fixtures.ts";
import { fill, itemRow, save } from "./support/items.ts";
import { client, found, join, type Organization, openSection, turnOn } from "./support/organization.ts";
import { accountMenu, type Person, somebody } from "./support/people.ts";
import { joinTeam, openPortal } from "./support/portal.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const baseline = "Standard";
const collection = "Network";
const provider = "Example IT Services";

/** Where a job is done, and for whom. */
type Place = { readonly page: Page; readonly browser: Browser; readonly organization: Organization };

/** Does a job from the overview and notes how many clicks it took. */
type Job = (number: number, title: string, act: () => Promise<void>) => Promise<void>;

const dialogOf = (page: Page) => page.getByRole("dialog").last();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const noDialog = (page: Page) => expect(page.getByRole("dialog")).toHaveCount(0);

/** The numbers of the document, by the number of the job. */
function documented(): Record<string, number> {
  const text = readFileSync(new URL("../../docs/operate/jobs.md", import.meta.url), "utf8");
  const rows = text.matchAll(/^\|\s*(\d+)\s*\|.*\|\s*(\d+)\s*\|$/gm);
  return Object.fromEntries([...rows].map(([, job = "", clicks]) => [job, Number(clicks)]));
}

/** Every press of a real pointer is counted, wherever it goes. */
async function countClicks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = window as unknown as { clicks: number };
    counted.clicks = 0;
    const count = (event: Event) => {
      counted.clicks += event.isTrusted ? 1 : 0;
    };
    window.addEventListener("pointerdown", count, true);
  });
}

/** A job must stay in the document that was loaded: another one would begin to count anew. */
function measure(page: Page, measured: Record<string, number>): Job {
  return (number, title, act) =>
    test.step(title, async () => {
      await openPortal(page, "overview");
      await page.evaluate((job) => Object.assign(window, { clicks: 0, job }), number);
      await act();
      const counted = await page.evaluate(() => {
        const { clicks, job } = window as unknown as { clicks: number; job?: number };
        return { clicks, job };
      });
      expect(counted.job, "the page was loaded anew").toBe(number);
      measured[number] = counted.clicks;
    });
}

/** The link that the dialog of an invitation copies; leaves the dialog. */
async function copyInvitation(page: Page, email: string): Promise<string> {
  await button(page, t("console.invite.copyLinkOf", { email })).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain(encodeURIComponent(email));
  const copied = await clipboard();
  await button(page, t("common.done")).click();
  await noDialog(page);
  return copied;
}

async function createClient({ page }: Place): Promise<void> {
  await button(page, t("provider.newClient")).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel(t("provider.clientName")).fill("Example Dairy");
  await dialog.getByLabel(t("provider.ownerEmail")).fill("dora@example.test");
  await dialog.getByLabel(t("provider.seats")).fill("5");
  await dialog.getByLabel(t("provider.seats")).press("Enter");
  await expect(dialog.getByRole("heading", { name: t("provider.createdTitle") })).toBeVisible();
}

async function onboard({ page }: Place, { email }: Person): Promise<void> {
  await link(page, client).click();
  await page.getByRole("link", { name: t("console.job.onboard") }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel(t("console.invite.emails")).fill(email);
  await dialog.getByRole("button", { name: t("console.invite.actionCount_one", { count: 1 }) }).click();
  await expect(dialog.getByText(t("console.invite.sent_one", { count: 1 }))).toBeVisible();
}

async function confirm({ page }: Place, { name }: Person): Promise<void> {
  await link(page, client).click();
  await link(page, t("console.overview.confirm")).click();
  const row = page.getByRole("row", { name });
  await row.getByRole("button", { name: t("client.confirm"), exact: true }).click();
  await button(page, t("client.confirmAction", { name: client })).click();
  await noDialog(page);
}

async function changeRole({ page }: Place, { name }: Person): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("ida");
  await page.getByRole("option", { name }).click();
  await dialogOf(page)
    .getByRole("radio", { name: t("client.roles.1"), exact: true })
    .click();
  await button(page, t("common.save")).click();
  await noDialog(page);
}

async function moreSeats({ page }: Place): Promise<void> {
  await button(page, t("clients.actsOf", { name: client })).click();
  await page.getByRole("menuitem", { name: t("clients.act.seats") }).click();
  const seats = dialogOf(page).getByLabel(t("provider.assigned"));
  await seats.fill("9");
  await seats.press("Enter");
  await noDialog(page);
}

async function recover({ page }: Place, { name }: Person): Promise<void> {
  await link(page, client).click();
  await page.getByRole("link", { name: t("console.job.recover") }).click();
  await button(page, t("console.people.actsOf", { person: name })).click();
  await page.getByRole("menuitem", { name: t("console.act.recover"), exact: true }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: t("recovery.generate") }).click();
  await dialog.getByRole("button", { name: t("recovery.action"), exact: true }).click();
  const done = t("recovery.doneTitle", { person: name });
  await expect(dialog.getByRole("heading", { name: done })).toBeVisible();
}

async function makeItem({ page }: Place): Promise<void> {
  await link(page, client).click();
  await page.getByRole("tab", { name: t("console.section.items"), exact: true }).click();
  const tree = page.getByRole("navigation", { name: t("items.collections") });
  await tree.getByRole("link", { name: `${collection} 0` }).click();
  await button(page, t("vault.new")).click();
  await page.getByRole("menuitem", { name: t("vault.typeOne.login"), exact: true }).click();
  await fill(page, { [t("common.name")]: "Core switch", [t("vault.password")]: "Blink!Twice7" });
  await save(page);
  await expect(itemRow(page, "Core switch")).toBeVisible();
  await expect(tree.getByRole("link", { name: `${collection} 1` })).toBeVisible();
}

async function offboard({ page }: Place, { name }: Person): Promise<void> {
  await link(page, client).click();
  await page.getByRole("link", { name: t("console.job.offboard") }).click();
  await dialogOf(page).getByRole("button", { name }).click();
  await button(page, t("console.offboard.revokeAction", { name: client })).click();
  const done = t("console.offboard.revokeDone", { person: name, name: client });
  await expect(dialogOf(page).getByRole("status")).toContainText(done);
}

async function findPerson({ page, organization }: Place): Promise<void> {
  const { name } = organization.owner;
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("otto");
  await page.getByRole("option", { name }).click();
  await expect(dialogOf(page).getByRole("heading", { name })).toBeVisible();
}

async function readLog({ page }: Place): Promise<void> {
  await link(page, client).click();
  await page.getByRole("tab", { name: t("console.section.events"), exact: true }).click();
  await expect(page.getByRole("table", { name: t("console.section.events") })).toBeVisible();
}

async function applyBaseline({ page }: Place): Promise<void> {
  await link(page, t("portal.section.baselines")).click();
  await page.getByRole("tab", { name: t("baselines.tab.drift") }).click();
  await button(page, client).click();
  await button(page, t("baselines.applySome_one", { count: 1 })).click();
  await button(page, t("baselines.applyNow")).click();
  await expect(dialogOf(page)).toContainText(t("baselines.changedCount_one", { count: 1 }));
}

async function limitTechnician({ page }: Place, { name }: Person): Promise<void> {
  const year = new Date().getFullYear() + 1;
  await link(page, t("portal.section.people")).click();
  await button(page, name).click();
  const panel = dialogOf(page);
  await panel.getByRole("radio", { name: t("staff.assignedClients") }).click();
  await panel.getByRole("checkbox", { name: client }).click();
  await panel.getByLabel(t("staff.endsOn")).fill(`${year}-12-31`);
  await panel.getByRole("button", { name: t("common.save") }).click();
  await noDialog(page);
  const row = page.getByRole("row", { name });
  await expect(row).toContainText(t("staff.someClients_one", { count: 1 }));
  await expect(row).toContainText(`31 Dec ${year}`);
}

/** Somebody lets their account be recovered by the client. */
async function enrol(page: Page, { password }: Person): Promise<void> {
  await accountMenu(page, t("shell.sync"));
  await page.getByRole("link", { name: client }).hover();
  await button(page, t("membership.menu", { name: client })).click();
  await page.getByRole("menuitem", { name: t("membership.enrol") }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel(t("auth.masterPassword"), { exact: true }).fill(password);
  await button(page, t("membership.enrolAction")).click();
  await expect(page.getByText(t("membership.enrolled", { name: client }))).toBeVisible();
}

async function makeCollection(page: Page, organizationId: string): Promise<void> {
  await openSection(page, organizationId, "collections");
  await page
    .getByRole("button", { name: t("client.newCollection") })
    .first()
    .click();
  await dialogOf(page).getByLabel(t("common.name")).fill(collection);
  await button(page, t("common.save")).click();
  await noDialog(page);
}

/** A baseline that the client differs from in one policy. */
async function assignBaseline(page: Page): Promise<void> {
  await openPortal(page, "baselines");
  const dialog = dialogOf(page);
  await page.getByRole("button", { name: t("baselines.new") }).click();
  await dialog.getByLabel(t("common.name")).fill(baseline);
  await dialog.getByRole("tab", { name: t("baselines.part.policies") }).click();
  await dialog
    .getByRole("group", { name: t("policies.name.1"), exact: true })
    .getByText(t("baselines.choice.on"), { exact: true })
    .click();
  await dialog.getByLabel(t("policies.field.minLength")).fill("16");
  await dialog.getByRole("button", { name: t("baselines.create") }).click();
  await noDialog(page);
  await button(page, t("baselines.actsOf", { name: baseline })).click();
  await page.getByRole("menuitem", { name: t("baselines.assign") }).click();
  await dialog.getByRole("tab", { name: t("baselines.byClients") }).click();
  await dialog.getByRole("checkbox", { name: client }).check();
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await noDialog(page);
}

/** A confirmed service user, who reaches all clients. */
async function hire({ page, browser }: Place): Promise<Person> {
  const technician = somebody("Toni Technician");
  await openPortal(page, "people");
  await page.getByRole("button", { name: t("staff.invite") }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel(t("console.invite.emails")).fill(technician.email);
  await dialog.getByRole("button", { name: t("console.invite.actionCount_one", { count: 1 }) }).click();
  await joinTeam(browser, await copyInvitation(page, technician.email), technician);
  const row = page.getByRole("row", { name: technician.name });
  await row.getByRole("button", { name: t("client.confirm"), exact: true }).click();
  await dialog.getByRole("button", { name: t("client.confirmAction", { name: provider }) }).click();
  await expect(dialog).toContainText(t("console.bulk.state.done"));
  await button(page, t("common.done")).click();
  await expect(row).toContainText(t("client.statuses.2"));
  return technician;
}

/** From the first day of somebody at a client to the last. */
async function peopleJobs(place: Place, job: Job): Promise<void> {
  const { page, browser, organization } = place;
  const ida = somebody("Ida Intern");
  await job(2, "onboard somebody", () => onboard(place, ida));
  const idaPage = await join(browser, await copyInvitation(page, ida.email), ida);
  await job(3, "confirm somebody", () => confirm(place, ida));
  await turnOn(organization.ownerPage, organization.id, 8);
  await enrol(idaPage, ida);
  await job(4, "change a role", () => changeRole(place, ida));
  await job(6, "recover an account", () => recover(place, ida));
  await page.keyboard.press("Escape");
  await job(8, "offboard somebody", () => offboard(place, ida));
  await page.keyboard.press("Escape");
  await job(9, "find a person", () => findPerson(place));
  await page.keyboard.press("Escape");
}

async function clientJobs(place: Place, job: Job): Promise<void> {
  const { page, organization } = place;
  await job(1, "create a client", () => createClient(place));
  await page.keyboard.press("Escape");
  await job(5, "more seats", () => moreSeats(place));
  await makeCollection(organization.ownerPage, organization.id);
  await job(7, "make an item for a client", () => makeItem(place));
  await job(10, "see who did what", () => readLog(place));
  await assignBaseline(page);
  await job(11, "bring a client in line with its baseline", () => applyBaseline(place));
  await button(page, t("common.done")).click();
  await page.keyboard.press("Escape");
}

async function teamJobs(place: Place, job: Job): Promise<void> {
  const technician = await hire(place);
  await job(12, "limit a technician to a client until a date", () => limitTechnician(place, technician));
}

test("the twelve commonest jobs take as many clicks as the document says", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    await countClicks(page);
    const organization = await found(page, browser, server);
    await turnOn(organization.ownerPage, organization.id, 3);
    const place = { page, browser, organization };
    const measured: Record<string, number> = {};
    const job = measure(page, measured);
    await clientJobs(place, job);
    await peopleJobs(place, job);
    await teamJobs(place, job);
    expect(documented(), "the document, compared with what was counted").toEqual(measured);
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
