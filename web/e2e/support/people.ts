import { expect, type Page } from "@playwright/test";
import { t } from "./words.ts";

export type Person = { readonly name: string; readonly email: string; readonly password: string };

let made = 0;

/** Somebody whom no server knows yet. */
export function somebody(name = "Ada Example"): Person {
  made += 1;
  const local = name.toLowerCase().replace(/\W+/g, ".");
  return { name, email: `${local}.${made}@example.test`, password: `correct horse ${local} ${made}` };
}

/** Fills the part of a registration that is the same for all links. */
export async function fillRegistration(page: Page, person: Person): Promise<void> {
  await page.getByLabel(t("auth.yourName")).fill(person.name);
  await page.getByLabel(t("auth.newPassword"), { exact: true }).fill(person.password);
  await page.getByLabel(t("auth.repeatPassword"), { exact: true }).fill(person.password);
  await page.getByRole("button", { name: t("auth.createAccount") }).click();
}

/** Registers at a server that is open to all, and lands in the empty vault. */
export async function register(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/#/register`);
  await page.getByLabel(t("common.email")).fill(person.email);
  await page.getByRole("button", { name: t("common.continue") }).click();
  await fillRegistration(page, person);
  await expect(page.getByRole("heading", { name: t("vault.empty.all") })).toBeVisible({ timeout: 20_000 });
}

export async function typeLogIn(page: Page, email: string, password: string): Promise<void> {
  const address = page.getByRole("textbox", { name: t("common.email") });
  const secret = page.getByLabel(t("auth.masterPassword"), { exact: true });
  await expect(address.or(secret)).toBeVisible();
  if (await address.isVisible()) {
    await address.fill(email);
    await page.getByRole("button", { name: t("common.continue") }).click();
  }
  await secret.fill(password);
  await page.getByRole("button", { name: t("auth.loginAction"), exact: true }).click();
}

export async function logIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/#/login`);
  await typeLogIn(page, person.email, person.password);
  await expectUnlocked(page);
}

export async function unlock(page: Page, password: string): Promise<void> {
  await page.getByLabel(t("auth.masterPassword"), { exact: true }).fill(password);
  await page.getByRole("button", { name: t("auth.unlockAction"), exact: true }).click();
}

/** The frame with the account menu is there only while the vault is open. */
export async function expectUnlocked(page: Page): Promise<void> {
  await expect(page.getByTitle(t("shell.accountMenu"))).toBeVisible({ timeout: 20_000 });
}

export async function accountMenu(page: Page, act: string): Promise<void> {
  await page.getByTitle(t("shell.accountMenu")).click();
  await page.getByRole("menuitem", { name: act }).click();
}
