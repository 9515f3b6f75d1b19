import { readFile } from "node:fs/promises";
import { check } from "./support/axe.ts";
import { expect, type Page, test } from "./support/fixtures.ts";
import { client, found, openSection } from "./support/organization.ts";
import { openPortal } from "./support/portal.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

const name = (type: number) => t(`policies.name.${type}`);
const baseline = "Standard";
const reason = "Our tills know no second step.";
const dialogOf = (page: Page) => page.getByRole("dialog");

/** What a baseline says about one policy or setting. */
async function choose(page: Page, subject: string, choice: "open" | "on" | "off"): Promise<void> {
  await dialogOf(page)
    .getByRole("group", { name: subject, exact: true })
    .getByText(t(`baselines.choice.${choice}`), { exact: true })
    .click();
}

/** From a baseline on paper to a client that keeps to it, and an owner who decides otherwise. */
test("a provider writes a baseline, sees who drifts, and applies it", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = await Server.start();
  try {
    const { id, owner, ownerPage } = await found(page, browser, server);
    const dialog = dialogOf(page);

    await test.step("a baseline is written with the forms of the policies", async () => {
      await openPortal(page, "baselines");
      await check(page, "no baselines");
      await page.getByRole("button", { name: t("baselines.new") }).click();
      await dialog.getByLabel(t("common.name")).fill(baseline);
      await dialog.getByLabel(t("baselines.description")).fill("For everybody");
      await dialog.getByRole("tab", { name: t("baselines.part.policies") }).click();
      await choose(page, name(0), "on");
      await choose(page, name(1), "on");
      await dialog.getByLabel(t("policies.field.minLength")).fill("11");
      await expect(dialog.getByRole("button", { name: t("baselines.create") })).toBeDisabled();
      await dialog.getByLabel(t("policies.field.minLength")).fill("16");
      await choose(page, name(8), "on");
      await expect(dialog).toContainText(t("baselines.need", { policy: name(3) }));
      await dialog.getByRole("button", { name: t("baselines.needToo") }).click();
      await check(page, "a baseline");
      await dialog.getByRole("tab", { name: t("baselines.part.settings") }).click();
      await choose(page, t("orgSettings.rule.limitItemDeletion"), "on");
      await dialog.getByRole("button", { name: t("baselines.create") }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByText(t("baselines.decides_other", { count: 5 }))).toBeVisible();
    });

    await test.step("assigning it shows who drifts, without changing anything", async () => {
      await page.getByRole("button", { name: t("baselines.actsOf", { name: baseline }) }).click();
      await page.getByRole("menuitem", { name: t("baselines.assign") }).click();
      await dialog.getByRole("tab", { name: t("baselines.byClients") }).click();
      await dialog.getByRole("checkbox", { name: client }).check();
      await dialog.getByRole("button", { name: t("common.save") }).click();
      await expect(dialog).toBeHidden();
      await page.getByRole("button", { name: t("baselines.drifted_one", { count: 1 }) }).click();
      const row = page.getByRole("row", { name: client });
      await expect(row).toContainText(t("drift.offNotOn"));
      await expect(row).toContainText(t("baselines.standing.drifted"));
      await check(page, "drift");
    });

    await test.step("the owner sees which baseline governs, and states a reason to do otherwise", async () => {
      await openSection(ownerPage, id, "policies");
      const theirs = dialogOf(ownerPage);
      await expect(ownerPage.getByText(t("governed.differs_other", { count: 5 }))).toBeVisible();
      await ownerPage.getByRole("button", { name: t("governed.open") }).click();
      await expect(theirs).toContainText("For everybody");
      await check(ownerPage, "the governing baseline");
      await theirs
        .getByRole("listitem")
        .filter({ hasText: name(0) })
        .getByRole("button", { name: t("governed.deviate") })
        .click();
      await theirs.last().getByLabel(t("governed.reason")).fill(reason);
      await theirs
        .last()
        .getByRole("button", { name: t("governed.deviateAction") })
        .click();
      await expect(theirs).toContainText(reason);
      await expect(theirs).toContainText(owner.name);
      await theirs
        .getByRole("button", { name: t("ui.close"), exact: true })
        .last()
        .click();
      await expect(ownerPage.getByText(t("governed.decidedBadge"), { exact: true })).toBeVisible();
    });

    await test.step("applying says whom it touches, and leaves the decision alone", async () => {
      await openPortal(page, "baselines");
      await page.getByRole("tab", { name: t("baselines.tab.drift") }).click();
      await page.getByRole("button", { name: client, exact: true }).click();
      await expect(dialog).toContainText(reason);
      await expect(dialog).toContainText(t("baselines.openTitle_other", { count: 4 }));
      await dialog
        .getByRole("checkbox", {
          name: t("baselines.applyThis", { subject: t("orgSettings.rule.limitItemDeletion") }),
        })
        .uncheck();
      await dialog.getByRole("button", { name: t("baselines.applySome_other", { count: 3 }) }).click();
      const apply = dialog.last();
      await expect(apply).toContainText(t("baselines.nobodyLoses"));
      await check(page, "whom a baseline touches");
      await apply.getByRole("button", { name: t("baselines.applyNow"), exact: true }).click();
      await expect(apply).toContainText(t("baselines.changedCount_other", { count: 3 }));
      await check(page, "what was applied");
      const download = page.waitForEvent("download");
      await apply.getByRole("button", { name: t("baselines.saveResults") }).click();
      const file = await readFile(await (await download).path(), "utf8");
      expect(file).toContain(`${client},${name(1)},${t("baselines.done")}`);
      await apply.getByRole("button", { name: t("common.done") }).click();
      await expect(dialog).toContainText(t("baselines.openTitle_one", { count: 1 }));
      await page.keyboard.press("Escape");
    });

    await test.step("drift is said in words, and what is left is applied to marked clients", async () => {
      await openSection(ownerPage, id, "people");
      await openSection(ownerPage, id, "policies");
      await expect(ownerPage.getByText(t("policies.count_other", { count: 3 }))).toBeVisible();
      const theirs = dialogOf(ownerPage);
      await ownerPage.getByRole("button", { name: name(1) }).click();
      await theirs.getByLabel(t("policies.field.minLength")).fill("12");
      await theirs.getByRole("button", { name: t("common.save") }).click();
      await expect(theirs).toBeHidden();
      await ownerPage.getByRole("button", { name: name(1) }).click();
      const words = t("drift.number.minLength_other", { count: 12, expected: 16 });
      await expect(theirs).toContainText(words);
      await theirs.getByRole("button", { name: t("common.cancel") }).click();
      await openPortal(page, "baselines");
      await page.getByRole("tab", { name: t("baselines.tab.drift") }).click();
      await expect(page.getByRole("row", { name: client })).toContainText(`${name(1)}: ${words}`);
      await page.getByRole("checkbox", { name: t("baselines.mark", { name: client }) }).check();
      await page.getByRole("button", { name: t("baselines.applyTo_one", { count: 1 }) }).click();
      await dialog.getByRole("button", { name: t("baselines.applyNow"), exact: true }).click();
      await dialog.getByRole("button", { name: t("common.done") }).click();
      await expect(page.getByRole("row", { name: client })).toContainText(t("baselines.standing.deviates"));
    });

    await test.step("a decision that is withdrawn is drift again", async () => {
      await openSection(ownerPage, id, "policies");
      await ownerPage.getByRole("button", { name: name(0) }).click();
      await dialogOf(ownerPage)
        .getByRole("button", { name: t("governed.withdraw") })
        .click();
      await expect(dialogOf(ownerPage).getByRole("button", { name: t("governed.deviate") })).toBeVisible();
      await openPortal(page, "search");
      await openPortal(page, "baselines");
      await expect(
        page.getByRole("button", { name: t("baselines.drifted_one", { count: 1 }) }),
      ).toBeVisible();
    });

    await test.step("a second one is put first, and deleted", async () => {
      await page.getByRole("button", { name: t("baselines.new") }).click();
      await dialog.getByLabel(t("common.name")).fill("Strict");
      await dialog.getByRole("button", { name: t("baselines.create") }).click();
      await page.getByRole("button", { name: t("baselines.actsOf", { name: "Strict" }) }).click();
      await page.getByRole("menuitem", { name: t("baselines.up") }).click();
      await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("Strict");
      await page.getByRole("button", { name: t("baselines.actsOf", { name: "Strict" }) }).click();
      await page.getByRole("menuitem", { name: t("baselines.delete") }).click();
      await dialog.getByRole("button", { name: t("baselines.delete") }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByText("Strict", { exact: true })).toBeHidden();
    });
  } finally {
    for (const context of browser.contexts().filter((other) => other !== page.context())) {
      await context.close();
    }
    await server.stop();
  }
});
