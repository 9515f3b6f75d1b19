import type { Page } from "../support/fixtures.ts";
import type { Act, Stops } from "./shoot.ts";

const dialog = (page: Page) => page.getByRole("dialog");

const press =
  (key: string): Act =>
  (page, words) =>
    page
      .getByRole("main")
      .getByRole("button", { name: words(key), exact: true })
      .first()
      .click();

const all =
  (...acts: Act[]): Act =>
  async (page, words) => {
    for (const act of acts) {
      await act(page, words);
    }
  };

const choose =
  (key: string): Act =>
  (page, words) =>
    dialog(page)
      .getByRole("radio", { name: words(key), exact: true })
      .check();

const person =
  (name: string, key: string): Act =>
  async (page, words) => {
    await page.getByRole("button", { name: words("console.people.actsOf", { person: name }) }).click();
    await page.getByRole("menuitem", { name: words(key), exact: true }).click();
  };

const paste =
  (lines: readonly string[]): Act =>
  (page, words) =>
    page.getByLabel(words("bulkwork.paste")).fill(lines.join("\n"));

const check: Act = (page, words) => {
  const [start = ""] = words("bulkwork.check_other").split("{{");
  const [, end = ""] = words("bulkwork.check_other").split("}}");
  return page.getByRole("button", { name: new RegExp(`^${start}\\d+${end}$`) }).click();
};

type Staff = { readonly technician: string; readonly invited: string };

/** The same with a thousand clients of long names. */
export function manyStaffStops(at: string, staff: Staff): Stops {
  return {
    "portal-many-reach": [
      `${at}/people`,
      all(person(staff.technician, "staff.edit"), choose("staff.assignedClients")),
    ],
    "portal-many-seats": [`${at}/bulk?part=seats`],
  };
}

/** The team, bulk work, keys and settings of a provider, and what stands open above them. */
export function staffStops(at: string, prefix: string, staff: Staff, client: string): Stops {
  const people = [
    "Client;E-mail;Role;Groups",
    ...Array.from({ length: 9 }, (_, each) => `${client};new.person.${each}@example.test;user;`),
    "Nobody's house;olga@example.test;;",
    `${client};not an address;;`,
    `${client};otto@example.test;king;`,
    `${client};with.a.very.long.address.of.a.person@subsidiary.of.a.department.example.test;owner;Nobody's group`,
  ];
  const stops: Stops = {
    people: [`${at}/people`],
    "people-invite": [`${at}/people`, press("staff.invite")],
    "people-invite-assigned": [
      `${at}/people`,
      all(press("staff.invite"), choose("staff.assignedClients"), async (page) => {
        await dialog(page).getByRole("checkbox").nth(0).check();
        await dialog(page).getByRole("checkbox").nth(2).check();
      }),
    ],
    "people-edit": [`${at}/people`, person(staff.technician, "staff.edit")],
    "people-menu": [
      `${at}/people`,
      (page, words) =>
        page
          .getByRole("button", { name: words("console.people.actsOf", { person: staff.technician }) })
          .click(),
    ],
    "people-link": [`${at}/people`, person(staff.invited, "client.invitation")],
    "people-confirm": [`${at}/people`, press("client.confirm")],
    "people-marked": [
      `${at}/people`,
      async (page) => {
        for (const each of [1, 2, 3]) {
          await page.locator("[role=row] input[type=checkbox]").nth(each).check();
        }
      },
    ],
    "people-columns": [
      `${at}/people`,
      (page, words) => page.getByRole("button", { name: words("ui.columns") }).click(),
    ],
    "people-offboard": [`${at}/people`, person(staff.technician, "staff.offboardEverywhere")],
    bulk: [`${at}/bulk`],
    "bulk-columns": [`${at}/bulk`, paste(people)],
    "bulk-defaults": [`${at}/bulk`, paste(["Mail", "ada@example.test", "ida@example.test"])],
    "bulk-check": [`${at}/bulk`, all(paste(people), check)],
    "bulk-line": [
      `${at}/bulk`,
      all(paste(people), check, (page) => page.getByRole("button", { name: "olga@example.test" }).click()),
    ],
    "bulk-seats": [`${at}/bulk?part=seats`],
    "bulk-seats-table": [
      `${at}/bulk?part=seats`,
      all(press("bulkwork.fromTable"), paste(["Client;Seats", `${client};60`, "Nobody;3"])),
    ],
    "bulk-seats-plan": [
      `${at}/bulk?part=seats`,
      all(
        press("bulkwork.fromTable"),
        paste(["Client;Seats", `${client};60`, "Example Bakery;1"]),
        press("bulkwork.reckon"),
      ),
    ],
    keys: [`${at}/keys`],
    "keys-create": [`${at}/keys`, press("providerKeys.create")],
    "keys-delete": [
      `${at}/keys`,
      (page, words) =>
        page
          .getByRole("button", { name: words("providerKeys.deleteNamed", { name: "Ticket system" }) })
          .click(),
    ],
    billing: [`${at}/billing`],
    "billing-below": [
      `${at}/billing`,
      (page, words) =>
        page.getByRole("heading", { name: words("providerBilling.noInvoices") }).scrollIntoViewIfNeeded(),
    ],
    "billing-address": [`${at}/billing`, press("providerBilling.enter")],
    "billing-address-wrong": [
      `${at}/billing`,
      all(press("providerBilling.enter"), async (page, words) => {
        await dialog(page).getByLabel(words("providerBilling.field.city")).fill("Berlin");
        await dialog(page)
          .getByRole("button", { name: words("common.save") })
          .click();
      }),
    ],
    settings: [`${at}/settings`],
    "settings-danger": [
      `${at}/settings`,
      (page, words) =>
        page.getByRole("button", { name: words("providerSettings.delete") }).scrollIntoViewIfNeeded(),
    ],
  };
  return Object.fromEntries(Object.entries(stops).map(([name, stop]) => [`${prefix}-${name}`, stop]));
}
