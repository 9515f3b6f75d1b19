import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "./support/fixtures.ts";
import { somebody } from "./support/people.ts";
import { closeCreated, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const bakery = "Example Bakery";
const garage = "Example Garage";
const row = (page: Page, name: string) => page.getByRole("row", { name });

/** What the server says about the people of a client, to whoever is logged in there. */
async function openPeople(page: Page, client: string): Promise<void> {
  await openPortal(page, "clients");
  await row(page, client).getByRole("link", { name: client }).click();
  await page.getByRole("tab", { name: t("console.section.people") }).click();
}

async function inviteByTable(page: Page, owner: string): Promise<void> {
  await openPortal(page, "bulk");
  // A spreadsheet of Germany, with a misspelt client, a wrong role and somebody who is there already.
  const table = [
    "Kunde;E-Mail-Adresse;Rolle;Gruppen",
    `${bakery};ida@example.test;Admin;`,
    `${bakery};paul@example.test;;`,
    `example garage;lena@example.test;Benutzer;`,
    `Exampel Garage;olga@example.test;;`,
    `${garage};otto@example.test;König;`,
    `${bakery};${owner};;`,
    `${garage};gina@example.test;;Nobody's group`,
  ].join("\r\n");
  await page.getByLabel(t("bulkwork.choose")).setInputFiles({
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(table, "latin1"),
  });
  await expect(
    page.getByLabel(t("bulkwork.meaningOf", { column: "Rolle" })),
    "the columns are known by their headings",
  ).toHaveValue("role");
  await page.getByRole("button", { name: t("bulkwork.check_other", { count: 7 }) }).click();
  await expect(
    page.getByText(
      t("bulkwork.readyTitle_other", {
        count: 3,
        clients: t("staff.clientCount_other", { count: 2 }),
      }),
    ),
  ).toBeVisible();
  // Errors are shown first.
  await expect(row(page, "otto@example.test")).toContainText(
    t("bulkwork.problem.unknownRole", { cell: "König" }),
  );
  await expect(row(page, "olga@example.test")).toBeVisible();
  await expect(row(page, "gina@example.test")).toBeVisible();
  await page.getByRole("button", { name: new RegExp(`^${t("bulkwork.verdicts.already")}`) }).click();
  await expect(row(page, owner)).toContainText(t("bulkwork.alreadyAs", { status: t("client.statuses.0") }));
  await page.getByRole("button", { name: t("bulkwork.invite_other", { count: 3 }) }).click();
  await expect(page.getByText(t("bulkwork.sent_other", { count: 3 }))).toBeVisible();
}

test("people are invited to many clients from one table, after a dry run", async ({ page }) => {
  const server = await Server.start();
  const owner = somebody("Otto Owner").email;
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    await createClient(page, bakery, owner);
    await closeCreated(page);
    await createClient(page, garage, somebody("Greta Garage").email);
    await closeCreated(page);
    await inviteByTable(page, owner);

    await test.step("the result is still there after looking elsewhere, and can be saved", async () => {
      await openPortal(page, "clients");
      await openPortal(page, "bulk");
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: t("bulkwork.saveResult") }).click();
      const content = await readFile(await (await saving).path(), "utf8");
      expect(content).toContain(
        `${bakery},ida@example.test,${t("client.roles.1")},,${t("bulkwork.states.done")},`,
      );
      expect(content).toContain(`${garage},lena@example.test,${t("client.roles.2")}`);
      await page.getByRole("button", { name: t("bulkwork.again") }).click();
      await expect(page.getByLabel(t("bulkwork.paste"))).toHaveValue("");
    });

    await test.step("they are invited at their clients", async () => {
      await openPeople(page, garage);
      await expect(row(page, "lena@example.test")).toContainText(t("client.statuses.0"));
      await expect(row(page, "ida@example.test")).toHaveCount(0);
    });
  } finally {
    await server.stop();
  }
});

test("invitations are stopped half way, and the result says which were not tried", async ({ page }) => {
  const server = await Server.start();
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    for (const client of [bakery, garage]) {
      await createClient(page, client, somebody("Otto Owner").email);
      await closeCreated(page);
    }
    let go = () => {};
    const held = new Promise<void>((next) => {
      go = next;
    });
    await page.route("**/api/organizations/*/users/invite", async (route) => {
      await held;
      await route.continue();
    });
    await openPortal(page, "bulk");
    await page
      .getByLabel(t("bulkwork.paste"))
      .fill(`${bakery}\tida@example.test\n${garage}\tlena@example.test`);
    await page.getByRole("button", { name: t("bulkwork.check_other", { count: 2 }) }).click();
    await page.getByRole("button", { name: t("bulkwork.invite_other", { count: 2 }) }).click();
    await page.getByRole("button", { name: t("console.bulk.stop") }).click();
    go();
    await expect(page.getByText(t("bulkwork.sent_one", { count: 1 }))).toBeVisible();
    await expect(row(page, "ida@example.test")).toContainText(t("bulkwork.states.done"));
    await expect(row(page, "lena@example.test")).toContainText(t("bulkwork.states.skipped"));
  } finally {
    await server.stop();
  }
});

test("seats are assigned to many clients, by hand and from a table, after reckoning", async ({ page }) => {
  const server = await Server.start();
  try {
    await setUpProvider(page, server, somebody("Tessa Toolbox"));
    for (const client of [bakery, garage]) {
      await createClient(page, client, somebody("Otto Owner").email);
      await closeCreated(page);
    }
    await openPortal(page, "bulk");
    await page.getByRole("tab", { name: t("bulkwork.part.seats") }).click();
    await page.getByLabel(t("bulkwork.seatsFor", { name: bakery })).fill("9");
    await page.getByRole("button", { name: t("bulkwork.fromTable") }).click();
    await page.getByLabel(t("bulkwork.paste")).fill(`Client,Seats\n${garage},0\nNobody,3`);
    await expect(page.getByText(t("bulkwork.seatProblem.unknownClient", { cell: "Nobody" }))).toBeVisible();
    await expect(page.getByText(t("bulkwork.changes_other", { count: 2 }))).toBeVisible();
    await page.getByRole("button", { name: t("bulkwork.reckon") }).click();

    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(t("bulkwork.seatsWrong_one", { count: 1 }));
    // 14 seats are assigned; the bakery's two more are purchased as there is no minimum.
    await expect(dialog.getByRole("row", { name: "Enterprise" })).toContainText("14 → 16");
    await expect(dialog).toContainText(t("bulkwork.buys_other", { count: 2 }));
    await dialog.getByRole("button", { name: t("bulkwork.assign_one", { count: 1 }) }).click();
    await expect(dialog).toContainText(t("bulkwork.assigned_one", { count: 1 }));
    await dialog.getByRole("button", { name: t("common.done") }).click();
    await expect(page.getByLabel(t("bulkwork.seatsFor", { name: bakery }))).toHaveValue("9");
    await expect(page.getByLabel(t("bulkwork.seatsFor", { name: garage }))).toHaveValue("7");
  } finally {
    await server.stop();
  }
});
