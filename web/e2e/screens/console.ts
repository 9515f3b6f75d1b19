import type { Page } from "../support/fixtures.ts";
import type { Act, Stops } from "./shoot.ts";

const dialog = (page: Page) => page.getByRole("dialog");
const row = (page: Page, name: string) => page.getByRole("row", { name });

const press =
  (key: string, values?: Record<string, string | number>): Act =>
  (page, words) =>
    page
      .getByRole("main")
      .getByRole("button", { name: words(key, values), exact: true })
      .first()
      .click();

const tab =
  (key: string): Act =>
  (page, words) =>
    dialog(page)
      .getByRole("tab", { name: words(key) })
      .click();

const all =
  (...acts: Act[]): Act =>
  async (page, words) => {
    for (const act of acts) {
      await act(page, words);
      await page.waitForTimeout(200);
    }
  };

const openPerson =
  (person: string): Act =>
  (page) =>
    page.getByRole("button", { name: person, exact: true }).click();

const ofPerson =
  (person: string, key: string): Act =>
  async (page, words) => {
    await page.getByRole("button", { name: words("console.people.actsOf", { person }) }).click();
    await page.getByRole("menuitem", { name: words(key), exact: true }).click();
  };

const policy =
  (type: number, turnOn = false): Act =>
  async (page, words) => {
    await page.getByRole("button", { name: words(`policies.name.${type}`) }).click();
    if (turnOn) {
      await dialog(page).getByRole("switch").first().click();
      await page.waitForTimeout(700);
    }
  };

const markFirst =
  (count: number): Act =>
  async (page) => {
    for (let at = 1; at <= count; at += 1) {
      await page.getByRole("main").getByRole("checkbox").nth(at).check({ force: true });
    }
  };

const scrollTo =
  (heading: string): Act =>
  (page, words) =>
    page.getByRole("heading", { name: words(heading) }).scrollIntoViewIfNeeded();

/** What stands in the Admin Console of somebody who may do everything; people of the demonstration's school. */
export function consoleStops(at: string, prefix: string): Stops {
  const member = "Rosa Cedar";
  return Object.fromEntries(
    Object.entries({
      overview: [`${at}/overview`],
      "overview-send": [
        `${at}/overview`,
        (page, words) => page.getByRole("button", { name: words("console.job.send") }).click(),
      ],
      items: [`${at}/items`],
      item: [`${at}/items`, (page: Page) => page.locator("[data-item]").nth(2).click()],
      "items-assign": [
        `${at}/items`,
        all((page) => page.locator("[data-list] input").nth(1).check({ force: true }), press("items.assign")),
      ],
      collections: [`${at}/collections`],
      "collection-new": [`${at}/collections`, press("client.newCollection")],
      "collection-access": [
        `${at}/collections`,
        all(press("client.newCollection"), tab("collections.access"), async (page) => {
          await dialog(page).getByRole("checkbox").nth(1).check();
        }),
      ],
      "collections-marked": [`${at}/collections`, markFirst(2)],
      people: [`${at}/people`],
      "people-invite": [`${at}/people`, press("console.people.invite")],
      "people-invite-custom": [
        `${at}/people`,
        all(press("console.people.invite"), async (page, words) => {
          await dialog(page)
            .getByLabel(words("console.invite.emails"))
            .fill("a.person.with.a.long.name@subsidiary.example.test, no address");
          await dialog(page)
            .getByRole("radio", { name: words("client.roles.4"), exact: true })
            .check();
        }),
      ],
      "member-role": [`${at}/people`, openPerson(member)],
      "member-groups": [`${at}/people`, all(openPerson(member), tab("console.section.groups"))],
      "member-collections": [`${at}/people`, all(openPerson(member), tab("vault.collections"))],
      "member-menu": [
        `${at}/people`,
        (page, words) =>
          page.getByRole("button", { name: words("console.people.actsOf", { person: member }) }).click(),
      ],
      "people-confirm": [`${at}/people`, press("client.confirm")],
      "people-marked": [`${at}/people`, markFirst(6)],
      "people-bulk": [
        `${at}/people`,
        all(markFirst(6), (page, words) =>
          page.getByRole("button", { name: words("console.bulk.revoke_other", { count: 6 }) }).click(),
        ),
      ],
      offboard: [`${at}/people`, ofPerson(member, "console.act.offboard")],
      "offboard-who": [`${at}/people?act=offboard`],
      recover: [`${at}/people`, ofPerson(member, "console.act.recover")],
      groups: [`${at}/groups`],
      "group-new": [`${at}/groups`, press("console.groups.new")],
      "group-members": [
        `${at}/groups`,
        all((page) => row(page, "Library team").click(), tab("console.groups.tab.members")),
      ],
      "group-collections": [
        `${at}/groups`,
        all((page) => row(page, "Library team").click(), tab("console.groups.tab.collections")),
      ],
      policies: [`${at}/policies`],
      "policy-password": [`${at}/policies`, policy(1)],
      "policy-recovery": [`${at}/policies`, policy(8)],
      "policy-preview": [`${at}/policies`, policy(0, true)],
      "policy-vault": [`${at}/policies`, policy(5, true)],
      "policy-needs": [`${at}/policies`, policy(4, true)],
      events: [`${at}/events`],
      "events-filter": [
        `${at}/events`,
        (page, words) =>
          page
            .getByLabel(words("events.category"))
            .selectOption("collection")
            .then(() => {}),
      ],
      settings: [`${at}/settings`],
      "settings-rules": [`${at}/settings`, scrollTo("orgSettings.collections")],
      "settings-domains": [`${at}/settings`, scrollTo("domains.title")],
      "settings-danger": [
        `${at}/settings`,
        (page) => page.getByRole("main").getByRole("button").last().scrollIntoViewIfNeeded(),
      ],
      import: [`${at}/import`],
    } satisfies Record<string, Stops[string]>).map(([name, stop]) => [`${prefix}-${name}`, stop]),
  );
}

/** What is only for the organization's own people. */
export const ownStops = (at: string): Stops => ({
  "console-export": [`${at}/export`],
});

/** The sections, without what stands open above them. */
export function sectionStops(at: string, prefix: string, sections: readonly string[]): Stops {
  return Object.fromEntries(sections.map((section) => [`${prefix}-${section}`, [`${at}/${section}`]]));
}
