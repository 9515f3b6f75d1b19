import type { Page } from "../support/fixtures.ts";
import type { Act, Stops } from "./shoot.ts";

const dialog = (page: Page) => page.getByRole("dialog");

const press =
  (key: string, values?: Record<string, string | number>): Act =>
  (page, words) =>
    page
      .getByRole("main")
      .getByRole("button", { name: words(key, values), exact: true })
      .first()
      .click();

const inDialog =
  (role: "tab" | "button", key: string): Act =>
  (page, words) =>
    dialog(page)
      .last()
      .getByRole(role, { name: words(key) })
      .first()
      .click();

const ofBaseline =
  (name: string, key?: string): Act =>
  async (page, words) => {
    await page.getByRole("button", { name: words("baselines.actsOf", { name }) }).click();
    if (key) {
      await page.getByRole("menuitem", { name: words(key), exact: true }).click();
    }
  };

const addFilter =
  (key: string): Act =>
  async (page, words) => {
    await page.getByRole("button", { name: words("filters.add"), exact: true }).click();
    await page.getByRole("menuitem", { name: words(key), exact: true }).click();
  };

const all =
  (...acts: Act[]): Act =>
  async (page, words) => {
    for (const act of acts) {
      await act(page, words);
      await page.waitForTimeout(300);
    }
  };

const markAll: Act = (page, words) =>
  page.getByRole("checkbox", { name: words("baselines.markAll") }).check({ force: true });
/** On the phone's picture the marks stay; the wide one has the box for all. */
const applyToMarked: Act = async (page) => {
  await page.getByRole("main").getByRole("button").last().click();
  await page.waitForTimeout(1500);
};

/** Baselines, the audit log and the search of a provider with a few clients. */
export function rulesStops(at: string, baseline: string, client: string): Stops {
  return Object.fromEntries(
    Object.entries({
      baselines: [`${at}/baselines`],
      "baselines-menu": [`${at}/baselines`, ofBaseline(baseline)],
      "baseline-new": [`${at}/baselines`, press("baselines.new")],
      "baseline-policies": [`${at}/baselines`, ofBaseline(baseline, "common.edit")],
      "baseline-settings": [
        `${at}/baselines`,
        all(ofBaseline(baseline, "common.edit"), inDialog("tab", "baselines.part.settings")),
      ],
      "baseline-assign": [
        `${at}/baselines`,
        all(ofBaseline(baseline, "baselines.assign"), inDialog("tab", "baselines.byClients")),
      ],
      "baseline-delete": [`${at}/baselines`, ofBaseline(baseline, "baselines.delete")],
      drift: [`${at}/baselines?tab=drift`],
      "drift-marked": [`${at}/baselines?tab=drift`, markAll],
      "drift-apply": [`${at}/baselines?tab=drift`, all(markAll, applyToMarked)],
      "drift-client": [
        `${at}/baselines?tab=drift`,
        (page) => page.getByRole("button", { name: client, exact: true }).click(),
      ],
      audit: [`${at}/audit`],
      "audit-days": [
        `${at}/audit`,
        async (page, words) =>
          page
            .getByRole("main")
            .getByRole("button", { name: new RegExp(`^${words("audit.days")}`) })
            .first()
            .click(),
      ],
      "audit-clients": [`${at}/audit`, addFilter("audit.by.clients")],
      "audit-filtered": [`${at}/audit?categories=provider,policy`],
      "audit-none": [`${at}/audit?categories=domain`],
      search: [`${at}/search`],
      "search-found": [`${at}/search?q=ce`],
      "search-filtered": [`${at}/search?status=2&role=0,1`],
      "search-choose": [`${at}/search`, addFilter("find.by.status")],
      "search-nobody": [`${at}/search?q=nobody+at+all`],
      "palette-people": [
        `${at}/search`,
        async (page) => {
          await page.keyboard.press("Control+k");
          await page.getByRole("combobox").fill("ros");
          await page.waitForTimeout(600);
        },
      ],
    } satisfies Record<string, Stops[string]>).map(([name, stop]) => [`portal-${name}`, stop]),
  );
}

/** What the client's own owner sees of it. */
export function governedStops(at: string, open: number, decided: number): Stops {
  const policy =
    (type: number): Act =>
    async (page, words) => {
      await page.getByRole("button", { name: words(`policies.name.${type}`) }).click();
    };
  return {
    "governed-policies": [`${at}/policies`],
    "governed-panel": [`${at}/policies?baseline=open`],
    "governed-policy": [`${at}/policies`, policy(open)],
    "governed-decided": [`${at}/policies`, policy(decided)],
    "governed-reason": [`${at}/policies`, all(policy(open), inDialog("button", "governed.deviate"))],
    "governed-settings": [
      `${at}/settings`,
      (page, words) =>
        page.getByRole("heading", { name: words("orgSettings.collections") }).scrollIntoViewIfNeeded(),
    ],
  };
}
