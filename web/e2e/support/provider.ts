import { expect, type Page } from "@playwright/test";
import { fillRegistration, type Person } from "./people.ts";
import type { Server } from "./server.ts";
import { t } from "./words.ts";

/** Opens the set-up link of an empty server, registers and names the provider. */
export async function setUpProvider(page: Page, server: Server, technician: Person): Promise<void> {
  await page.goto(server.setUpLink);
  await page.getByLabel(t("common.email")).fill(technician.email);
  await fillRegistration(page, technician);
  await page.getByLabel(t("auth.providerName")).fill("Example IT Services");
  await page.getByRole("button", { name: t("auth.setupAction") }).click();
  await expect(page.getByRole("heading", { name: t("provider.noClients") })).toBeVisible();
}

/** Fills the dialog for a new client with the Enterprise plan and 7 seats; gives the owner's invitation. */
export async function createClient(page: Page, name: string, ownerEmail: string): Promise<string> {
  await page
    .getByRole("button", { name: t("provider.newClient") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("provider.clientName")).fill(name);
  await dialog.getByLabel(t("provider.ownerEmail")).fill(ownerEmail);
  await dialog.getByText(t("provider.planName.19")).click();
  await dialog.getByLabel(t("provider.seats")).fill("7");
  await dialog.getByRole("button", { name: t("provider.create") }).click();
  await expect(dialog.getByRole("heading", { name: t("provider.createdTitle") })).toBeVisible();
  const link = (await dialog.locator("code").textContent()) ?? "";
  expect(link).toContain("/#/accept-organization?");
  return link;
}
