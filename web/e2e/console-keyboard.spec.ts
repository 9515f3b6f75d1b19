import { expect, type Page, test } from "./support/fixtures.ts";
import { detail, itemRow } from "./support/items.ts";
import { client, found, openSection } from "./support/organization.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const dialog = (page: Page) => page.getByRole("dialog").last();
const press = (page: Page, ...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/** Something around what has the focus shows that it has: an outline of its own, of a frame, or of the row. */
async function expectFocusShown(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const active = document.activeElement;
    if (!active || active === document.body) {
      return "nothing has the focus";
    }
    const styles = [getComputedStyle(active), getComputedStyle(active, "::after")];
    const visible = styles.some(
      ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0,
    );
    return visible ? "" : active.outerHTML.slice(0, 200);
  });
  expect(shown, "without a visible focus").toBe("");
}

/** Goes on with Tab until the named control has the focus, and looks at each on the way. */
async function tabTo(page: Page, role: "button" | "checkbox" | "textbox" | "switch", name: string) {
  const wanted = page.getByRole(role, { name, exact: true }).last();
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Tab");
    await expectFocusShown(page);
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  throw new Error(`Tab never comes to ${name}.`);
}

/** Nobody needs a mouse: what has the focus is seen, and it comes back to where it was. */
test("the Admin Console is used with the keyboard alone", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    const { id, owner, ownerPage: own } = await found(page, browser, server);

    await test.step("people: / searches, n invites, Enter opens, Escape leads back", async () => {
      await openSection(own, id, "people");
      await expect(own.getByRole("row", { name: owner.name })).toBeVisible();
      await press(own, "/");
      await expect(own.getByRole("searchbox", { name: t("client.searchPeople") })).toBeFocused();
      await tabTo(own, "button", owner.name);
      await press(own, "n");
      await expect(dialog(own).getByLabel(t("console.invite.emails"))).toBeFocused();
      await press(own, "Escape");
      await expect(dialog(own)).toHaveCount(0);
      await expect(own.getByRole("button", { name: owner.name, exact: true })).toBeFocused();
      await press(own, "Enter");
      await expect(dialog(own).getByRole("tab", { name: t("vault.collections") })).toBeVisible();
      await press(own, "Escape");
      await expect(own.getByRole("button", { name: owner.name, exact: true })).toBeFocused();
    });

    await test.step("people: an act is chosen in the menu, and the focus returns to its button", async () => {
      const acts = t("console.people.actsOf", { person: owner.name });
      await tabTo(own, "button", acts);
      await press(own, "Enter");
      const role = own.getByRole("menuitem", { name: t("console.act.role") });
      await expect(role).toBeVisible();
      for (
        let steps = 0;
        steps < 12 && !(await role.evaluate((e) => e === document.activeElement));
        steps += 1
      ) {
        await press(own, "ArrowDown");
      }
      await expect(role).toBeFocused();
      await press(own, "Enter");
      await expect(dialog(own).getByRole("tab", { name: t("vault.collections") })).toBeVisible();
      await press(own, "Escape");
      await expect(dialog(own)).toHaveCount(0);
      await expect(own.getByRole("button", { name: acts })).toBeFocused();
    });

    await test.step("groups: n makes one; Escape does not throw away what was typed", async () => {
      await openSection(own, id, "groups");
      await expect(own.getByText(t("console.groups.empty", { name: client }))).toBeVisible();
      await press(own, "n");
      await expect(dialog(own).getByRole("textbox", { name: t("common.name") })).toBeFocused();
      await own.keyboard.type("Bakers");
      await press(own, "Escape");
      await expect(dialog(own).getByRole("heading", { name: t("ui.discardTitle") })).toBeVisible();
      await press(own, "Escape");
      await expect(own.getByRole("dialog")).toHaveCount(1);
      await expect(dialog(own).getByRole("textbox", { name: t("common.name") })).toHaveValue("Bakers");
      await tabTo(own, "button", t("common.save"));
      await press(own, "Enter");
      await expect(own.getByRole("row", { name: "Bakers" })).toBeVisible();
      await press(own, "n");
      await own.keyboard.type("Nobody");
      await press(own, "Escape");
      await tabTo(own, "button", t("ui.discard"));
      await press(own, "Enter");
      await expect(own.getByRole("dialog")).toHaveCount(0);
      await expect(own.getByRole("row", { name: "Nobody" })).toHaveCount(0);
    });

    await test.step("collections: / searches, n makes one, arrows walk through the rows", async () => {
      await openSection(own, id, "collections");
      await expect(own.getByRole("row", { name: t("client.defaultCollection") })).toBeVisible();
      await press(own, "n");
      await expect(dialog(own).getByRole("textbox", { name: t("common.name") })).toBeFocused();
      await own.keyboard.type("Network");
      // Who may be given it is still being loaded.
      await expect(dialog(own).getByRole("button", { name: t("common.save") })).toBeEnabled();
      await press(own, "Enter");
      await expect(own.getByRole("row", { name: "Network" })).toBeVisible();
      await press(own, "/");
      await expect(own.getByRole("searchbox")).toBeFocused();
      const boxes = own.getByRole("table").getByRole("checkbox");
      await tabTo(own, "checkbox", t("collections.selectOne", { name: t("client.defaultCollection") }));
      await press(own, "ArrowDown");
      await expect(boxes.last()).toBeFocused();
      await expectFocusShown(own);
      await press(own, "Space");
      await expect(boxes.last()).toBeChecked();
      await press(own, "Escape");
      await expect(boxes.last()).not.toBeChecked();
    });

    await test.step("items: n makes one, arrows and Enter open it, Escape closes it", async () => {
      await own.goto(`${new URL(own.url()).origin}/#/organizations/${id}/items`);
      await expect(own.getByRole("navigation", { name: t("items.collections") })).toBeVisible();
      await press(own, "n");
      await expect(detail(own).locator("form")).toBeVisible();
      await detail(own).getByLabel(t("common.name"), { exact: true }).focus();
      await own.keyboard.type("Oven");
      await press(own, "Enter");
      await expect(itemRow(own, "Oven")).toBeVisible();
      await press(own, "/");
      await expect(own.getByRole("searchbox")).toBeFocused();
      await press(own, "ArrowDown");
      await expectFocusShown(own);
      await press(own, "Enter");
      await expect(detail(own).getByRole("heading", { name: "Oven" })).toBeVisible();
    });

    await test.step("policies: a panel is opened, its switch turned, and left with a question", async () => {
      await openSection(own, id, "policies");
      const first = own.getByRole("button", { name: t("policies.name.3") });
      await first.focus();
      await press(own, "Enter");
      await expect(dialog(own).getByRole("switch")).toBeVisible();
      await tabTo(own, "switch", t("policies.enabled"));
      await press(own, "Space");
      await expect(dialog(own).getByRole("switch")).toBeChecked();
      await press(own, "Escape");
      await tabTo(own, "button", t("ui.discard"));
      await press(own, "Enter");
      await expect(own.getByRole("dialog")).toHaveCount(0);
      await expect(first).toBeFocused();
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
