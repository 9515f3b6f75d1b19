import type { Page } from "../support/fixtures.ts";
import type { Act, Stops } from "./shoot.ts";

const dialog = (page: Page) => page.getByRole("dialog");

const act =
  (client: string, key: string): Act =>
  async (page, words) => {
    await page.getByRole("button", { name: words("clients.actsOf", { name: client }) }).click();
    await page.getByRole("menuitem", { name: words(key), exact: true }).click();
  };

const press =
  (key: string): Act =>
  (page, words) =>
    page
      .getByRole("main")
      .getByRole("button", { name: words(key), exact: true })
      .first()
      .click();

/** The overview and the clients of a provider, and what stands open above them. */
export function portalStops(at: string, prefix: string, client: string): Stops {
  const clients = `${at}/clients`;
  const stops: Stops = {
    overview: [`${at}/overview`],
    "overview-need": [
      `${at}/overview`,
      (page) => page.locator("main section button[aria-pressed]").first().click(),
    ],
    "overview-preview": [
      `${at}/overview`,
      async (page) => {
        await page.getByRole("link", { name: client, exact: true }).focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowUp");
        await page.waitForTimeout(900);
      },
    ],
    clients: [clients],
    "clients-menu": [
      clients,
      (page, words) => page.getByRole("button", { name: words("clients.actsOf", { name: client }) }).click(),
    ],
    "clients-filter": [clients, press("clients.filter.title")],
    "client-new": [
      clients,
      async (page, words) => {
        await press("provider.newClient")(page, words);
        await dialog(page).getByRole("textbox").last().fill("120");
      },
    ],
    "client-existing": [
      clients,
      async (page, words) => {
        await page.getByRole("button", { name: words("clients.otherWays") }).click();
        await page.getByRole("menuitem", { name: words("clients.addExisting") }).click();
      },
    ],
    "client-seats": [
      clients,
      async (page, words) => {
        await act(client, "clients.act.seats")(page, words);
        await dialog(page).getByRole("textbox").fill("40");
      },
    ],
    "client-seats-refused": [
      clients,
      async (page, words) => {
        await act(client, "clients.act.seats")(page, words);
        await dialog(page).getByRole("textbox").fill("1");
      },
    ],
    "client-rename": [clients, act(client, "clients.act.rename")],
    "client-tags": [clients, act(client, "clients.act.tags")],
    "client-suspend": [clients, act(client, "clients.act.suspend")],
    "client-unlink": [clients, act(client, "clients.act.unlink")],
    "client-header": [
      clients,
      async (page) => {
        await page.getByRole("link", { name: client, exact: true }).click();
        await page.waitForTimeout(600);
      },
    ],
    "client-switch": [
      clients,
      async (page, words) => {
        await page.getByRole("link", { name: client, exact: true }).click();
        await page.getByRole("button", { name: words("portal.switchClient") }).click();
      },
    ],
    "tags-manage": [clients, press("tags.manage")],
  };
  return Object.fromEntries(Object.entries(stops).map(([name, stop]) => [`${prefix}-${name}`, stop]));
}

/** The same pages with a thousand clients, some of them under long names. */
export function manyClientStops(at: string): Stops {
  return {
    "portal-many-overview": [`${at}/overview`],
    "portal-many-overview-end": [
      `${at}/overview?sort=-health`,
      (page) =>
        page.getByRole("table").evaluate((table) => {
          table.scrollTop = table.scrollHeight / 2;
        }),
    ],
    "portal-many-clients": [`${at}/clients?sort=-seats`],
  };
}
