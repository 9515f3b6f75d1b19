import { expect, open, test } from "./support/fixtures.ts";
import { createLogin, detail, fill, itemRow, save } from "./support/items.ts";
import { fillRegistration, register, somebody, typeLogIn } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { t } from "./support/words.ts";

test("a weak or mistyped master password is refused before anything is sent", async ({ page, server }) => {
  const person = somebody();
  await page.goto(`${server.url}/#/register?email=${person.email}`);
  await page.getByRole("button", { name: t("common.continue") }).click();
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url()));
  await fillRegistration(page, { ...person, password: "too short" });
  await expect(page.getByText(t("auth.problem.short", { count: 12 }))).toBeVisible();
  await page.getByLabel(t("auth.newPassword"), { exact: true }).fill("long enough to pass");
  await page.getByLabel(t("auth.repeatPassword"), { exact: true }).fill("long enough to fail");
  await page.getByRole("button", { name: t("auth.createAccount") }).click();
  await expect(page.getByText(t("auth.problem.differ"))).toBeVisible();
  expect(sent.filter((url) => url.includes("/identity/"))).toEqual([]);
});

test("an address that is taken, and what was typed stays", async ({ page, server, person }) => {
  await page.context().clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${server.url}/#/login`);
  await page.reload();
  await page.goto(`${server.url}/#/register`);
  await page.getByLabel(t("common.email")).fill(person.email);
  await page.getByRole("button", { name: t("common.continue") }).click();
  await fillRegistration(page, person);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("alert")).not.toContainText(t("errors.unexpected"));
  await expect(page.getByLabel(t("auth.yourName"))).toHaveValue(person.name);
});

test("an unknown address and a wrong password get the same words", async ({ page, server }) => {
  await page.goto(`${server.url}/#/login`);
  await page.getByRole("textbox", { name: t("common.email") }).fill("no address");
  await page.getByRole("button", { name: t("common.continue") }).click();
  await expect(page.getByText(t("auth.emailInvalid"))).toBeVisible();
  await typeLogIn(page, somebody().email, "whatever it may be");
  await expect(page.getByText(t("auth.wrongPassword"))).toBeVisible();
});

test("broken and forged invitations", async ({ page, server }) => {
  await page.goto(`${server.url}/#/accept-organization?organizationName=Example`);
  await expect(page.getByRole("heading", { name: t("auth.brokenTitle") })).toBeVisible();
  const person = somebody();
  const ids =
    "organizationId=6f9619ff-8b86-4011-b42d-00c04fc964ff&organizationUserId=6f9619ff-8b86-4011-b42d-00c04fc964fe";
  await page.goto(
    `${server.url}/#/accept-organization?${ids}&email=${person.email}&organizationName=Example&token=forged`,
  );
  await fillRegistration(page, person);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("alert")).not.toContainText(t("errors.unexpected"));
  await page.goto(
    `${server.url}/#/providers/setup-provider?providerId=6f9619ff-8b86-4011-b42d-00c04fc964ff&token=no`,
  );
  await page.getByLabel(t("common.email")).fill(person.email);
  await fillRegistration(page, person);
  await expect(page.getByRole("alert")).toBeVisible();
  await page.goto(`${server.url}/#/nowhere`);
  await expect(page.getByRole("heading", { name: t("errors.missingTitle") })).toBeVisible();
});

test("the server goes away and comes back: nothing that was typed is lost", async ({ page }) => {
  const server = await Server.start(open);
  try {
    await register(page, server.url, somebody());
    await createLogin(page, "Router", { [t("vault.password")]: "old-secret" });
    await detail(page)
      .getByRole("button", { name: t("common.edit"), exact: true })
      .click();
    await fill(page, { [t("vault.password")]: "new-secret" });
    await server.pause();
    await detail(page)
      .getByRole("button", { name: t("common.save"), exact: true })
      .click();
    await expect(page.getByRole("alert")).toContainText(t("errors.network"));
    await expect(page.getByRole("alert")).toContainText(t("vault.notSaved"));
    await expect(detail(page).getByLabel(t("vault.password"), { exact: true })).toHaveValue("new-secret");
    await server.resume();
    await save(page);
    await expect(itemRow(page, "Router")).toBeVisible();
    await detail(page)
      .getByRole("button", { name: t("ui.show"), exact: true })
      .click();
    await expect(detail(page)).toContainText("new-secret");
  } finally {
    await server.stop();
  }
});

test("an item that was changed elsewhere is not overwritten", async ({ page, context, server, person }) => {
  await createLogin(page, "Shared sheet", { [t("vault.username")]: "one" });
  const second = await context.newPage();
  await second.goto(`${server.url}/#/login`);
  await typeLogIn(second, person.email, person.password);
  await itemRow(second, "Shared sheet").click();
  for (const each of [page, second]) {
    await detail(each)
      .getByRole("button", { name: t("common.edit"), exact: true })
      .click();
    await expect(detail(each).getByLabel(t("vault.username"), { exact: true })).toHaveValue("one");
  }
  await fill(second, { [t("vault.username")]: "two" });
  await save(second);
  await fill(page, { [t("vault.username")]: "three" });
  await detail(page)
    .getByRole("button", { name: t("common.save"), exact: true })
    .click();
  await expect(page.getByRole("alert")).toContainText(t("vault.notSaved"));
  await expect(detail(page).getByLabel(t("vault.username"), { exact: true })).toHaveValue("three");
});
