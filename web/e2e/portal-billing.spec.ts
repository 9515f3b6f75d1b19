import { readFile } from "node:fs/promises";
import { check } from "./support/axe.ts";
import { type Browser, expect, type Page, test } from "./support/fixtures.ts";
import { accountMenu, somebody, unlock } from "./support/people.ts";
import { closeCreated, joinTeam, openPortal } from "./support/portal.ts";
import { createClient, setUpProvider } from "./support/provider.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const formula = '=HYPERLINK("https://example.test")';

const dialogOf = (page: Page) => page.getByRole("dialog");
const field = (page: Page, name: string) => dialogOf(page).getByLabel(t(`providerBilling.field.${name}`));
const save = (page: Page) => dialogOf(page).getByRole("button", { name: t("common.save") });

async function enterAddress(page: Page): Promise<void> {
  await page.getByRole("button", { name: t("providerBilling.enter") }).click();
  await expect(field(page, "line1")).toBeFocused();
  await field(page, "line1").fill("Example Street 1");
  await field(page, "city").fill("Berlin");
  await save(page).click();
  await expect(field(page, "postalCode")).toBeFocused();
  await expect(field(page, "postalCode")).toHaveAccessibleDescription(
    t("providerBilling.problem.noPostalCode"),
  );
  await expect(field(page, "country")).toHaveAccessibleDescription(t("providerBilling.problem.noCountry"));
  await check(page, "the dialog for the billing address");
  await field(page, "postalCode").fill("10115");
  await field(page, "country").selectOption("DE");
  await field(page, "taxId").fill("DE000000000");
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toBeHidden();
}

const expectAddress = async (page: Page) => {
  await expect(page.getByText("10115 Berlin", { exact: true })).toBeVisible();
  await expect(page.getByText("DE000000000", { exact: true })).toBeVisible();
};

async function seatsOf(page: Page): Promise<string[]> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: t("providerBilling.saveSeats") }).click();
  const text = await readFile(await (await saving).path(), "utf8");
  return text.replace("\uFEFF", "").trimEnd().split("\r\n");
}

test("an administrator finds seats, enters where bills go, and takes the seats along", async ({ page }) => {
  const server = await Server.start();
  const person = somebody("Tessa Toolbox");
  try {
    await setUpProvider(page, server, person);
    for (const name of [formula, "Example Bakery"]) {
      await createClient(page, name, somebody("Otto Owner").email);
      await closeCreated(page);
    }
    await openPortal(page, "billing");
    await test.step("seats stand by their plans, without prices", async () => {
      const plan = page.getByRole("listitem").filter({ hasText: "Enterprise" });
      await expect(plan).toContainText(
        t("providerBilling.line_other", { plan: "Enterprise", count: 14, shown: 14 }),
      );
      await expect(page.getByText(t("providerBilling.active"), { exact: true })).toBeVisible();
      await expect(page.getByRole("heading", { name: t("providerBilling.noInvoices") })).toBeVisible();
      await expect(page.getByRole("main").getByText(person.email, { exact: true })).toBeVisible();
      await check(page, "billing of a provider");
    });

    await test.step("the address is checked, saved, and there after a reload", async () => {
      await enterAddress(page);
      await expectAddress(page);
      await page.reload();
      await unlock(page, person.password);
      await expectAddress(page);
      await check(page, "billing with an address");
      await page.getByRole("button", { name: t("providerBilling.change") }).click();
      await expect(field(page, "country")).toHaveValue("DE");
      await expect(save(page)).toBeDisabled();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: t("providerBilling.change") })).toBeFocused();
    });

    await test.step("what the server says about a line stands below it", async () => {
      const sentence = "Nobody lives there.";
      await page.route("**/vnext/address", (route) =>
        route.request().method() === "PUT"
          ? route.fulfill({
              status: 400,
              json: { message: "No.", validationErrors: { postalCode: [sentence] } },
            })
          : route.continue(),
      );
      await page.getByRole("button", { name: t("providerBilling.change") }).click();
      await field(page, "postalCode").fill("00000");
      await save(page).click();
      await expect(field(page, "postalCode")).toHaveAccessibleDescription(sentence);
      await page.unroute("**/vnext/address");
      await field(page, "postalCode").fill("10117");
      await save(page).click();
      await expect(page.getByText("10117 Berlin", { exact: true })).toBeVisible();
    });

    await test.step("the seats are a file without formulas", async () => {
      const [header, ...lines] = await seatsOf(page);
      expect(header).toBe(
        [
          t("bulkwork.field.client"),
          t("provider.plan"),
          t("bulkwork.sum.assigned"),
          t("provider.used"),
          t("providerBilling.organizationId"),
        ].join(","),
      );
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(
        /^"'=HYPERLINK\(""https:\/\/example\.test""\)",Enterprise,7,\d+,[0-9a-f-]{36}$/,
      );
      expect(lines[1]).toMatch(/^Example Bakery,Enterprise,7,\d+,[0-9a-f-]{36}$/);
    });
  } finally {
    await server.stop();
  }
});

/** A service user of the provider whose portal is open, in a page of their own. */
async function serviceUser(page: Page, browser: Browser): Promise<Page> {
  const toni = somebody("Toni Technician");
  await openPortal(page, "people");
  await page.getByRole("button", { name: t("staff.invite") }).click();
  await dialogOf(page).getByLabel(t("console.invite.emails")).fill(toni.email);
  await dialogOf(page)
    .getByRole("button", { name: t("console.invite.actionCount_one", { count: 1 }) })
    .click();
  await dialogOf(page)
    .getByRole("button", { name: t("console.invite.copyLinkOf", { email: toni.email }) })
    .click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain(encodeURIComponent(toni.email));
  const link = await clipboard();
  await dialogOf(page)
    .getByRole("button", { name: t("common.done") })
    .click();
  const theirs = await joinTeam(browser, link, toni);
  await page.reload();
  return theirs;
}

test("billing is for administrators, also while the provider is suspended", async ({ page, browser }) => {
  const server = await Server.start();
  const person = somebody("Tessa Toolbox");
  const provider = "Example IT Services";
  try {
    await setUpProvider(page, server, person);
    const theirs = await serviceUser(page, browser);
    await unlock(page, person.password);
    await page
      .getByRole("row", { name: "Toni Technician" })
      .getByRole("button", { name: t("client.confirm"), exact: true })
      .click();
    await dialogOf(page)
      .getByRole("button", { name: t("client.confirmAction", { name: provider }) })
      .click();
    await expect(dialogOf(page)).toContainText(t("console.bulk.state.done"));
    await dialogOf(page)
      .getByRole("button", { name: t("common.done") })
      .click();

    await test.step("a service user does not find it", async () => {
      const portal = (page.url().split("#")[1] ?? "").replace(/\/[^/]*$/, "");
      await accountMenu(theirs, t("shell.sync"));
      await theirs.goto(`${server.url}/#${portal}/clients`);
      const sections = theirs.getByRole("navigation", { name: t("shell.navigation") });
      await expect(sections.getByRole("link", { name: t("portal.section.clients") })).toBeVisible();
      await expect(sections.getByRole("link", { name: t("portal.section.billing") })).toHaveCount(0);
      await theirs.goto(`${server.url}/#${portal}/billing`);
      await expect(theirs.getByRole("heading", { name: t("portal.notYoursTitle") })).toBeVisible();
      await theirs.context().close();
    });

    await test.step("a suspended provider keeps it", async () => {
      const [, id = ""] = /#\/providers\/([^/?]+)/.exec(page.url()) ?? [];
      await server.command("provider", "suspend", id);
      await accountMenu(page, t("shell.sync"));
      await openPortal(page, "billing");
      await expect(page.getByText(t("providerBilling.suspended"), { exact: true })).toBeVisible();
      await expect(page.getByText(t("providerBilling.noListNow"))).toBeVisible();
      await expect(page.getByRole("button", { name: t("providerBilling.saveSeats") })).toHaveCount(0);
      await enterAddress(page);
      await expectAddress(page);
    });
  } finally {
    await server.stop();
  }
});
