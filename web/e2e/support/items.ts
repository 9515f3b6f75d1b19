import { expect, type Page } from "@playwright/test";
import { t } from "./words.ts";

/** Types into the form's fields by their labels; true and false are boxes, an array chooses from a list. */
export type Values = Readonly<Record<string, string | boolean | readonly [string]>>;

export const itemRow = (page: Page, name: string) =>
  page.locator("[data-list]").getByRole("button", { name, exact: false });

export const detail = (page: Page) => page.getByRole("region", { name: t("vault.details") });

export async function fill(page: Page, values: Values): Promise<void> {
  const form = detail(page).locator("form");
  for (const [label, value] of Object.entries(values)) {
    const control = form.getByLabel(label, { exact: true });
    if (typeof value === "boolean") {
      await form.getByRole("checkbox", { name: label }).setChecked(value);
    } else if (typeof value === "string") {
      await control.fill(value);
    } else {
      await control.selectOption(value[0]);
    }
  }
}

export async function save(page: Page): Promise<void> {
  await detail(page)
    .getByRole("button", { name: t("common.save"), exact: true })
    .click();
  await expect(detail(page).getByRole("button", { name: t("common.more"), exact: true })).toBeVisible();
}

export async function createItem(page: Page, type: string, values: Values): Promise<void> {
  await page.getByRole("button", { name: t("vault.new"), exact: true }).click();
  await page.getByRole("menuitem", { name: t(`vault.typeOne.${type}`), exact: true }).click();
  await fill(page, values);
  await save(page);
}

export async function createLogin(page: Page, name: string, values: Values = {}): Promise<void> {
  await createItem(page, "login", { [t("common.name")]: name, ...values });
}

/** A rare act from the item's menu. */
export async function act(page: Page, name: string): Promise<void> {
  await detail(page)
    .getByRole("button", { name: t("common.more"), exact: true })
    .click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

export async function view(page: Page, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: t("shell.navigation") })
    .getByRole("link", { name })
    .click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** Shows all covered values of the item that is open, once it is decrypted: its dates stand below it then. */
export async function uncover(page: Page): Promise<void> {
  const [beforeDate = ""] = t("vault.dates").split("{{");
  await expect(detail(page).getByText(beforeDate)).toBeVisible();
  const show = detail(page).getByRole("button", { name: t("ui.show"), exact: true });
  await expect(async () => {
    while ((await show.count()) > 0) {
      await show.first().click({ timeout: 1000 });
    }
  }).toPass();
}
