import { createHmac } from "node:crypto";
import { expect, type Page, test } from "./support/fixtures.ts";
import {
  act,
  createItem,
  createLogin,
  detail,
  fill,
  itemRow,
  save,
  uncover,
  type Values,
  view,
} from "./support/items.ts";
import { t } from "./support/words.ts";

const field = (name: string) => t(`vault.field.${name}`);
const name = t("common.name");

/** What is typed for each type, and what must be read afterwards. */
const types: Record<string, Values> = {
  login: { [t("vault.username")]: "ada", [t("vault.password")]: "Pass#word 1" },
  card: {
    [field("cardholderName")]: "Ada Example",
    [field("number")]: "4111111111111111",
    [field("code")]: "123",
  },
  identity: { [field("firstName")]: "Ada", [field("city")]: "Exampleton", [field("ssn")]: "000-00-0000" },
  secureNote: { [t("vault.notes")]: "Two lines\nof a note" },
  sshKey: {
    [field("privateKey")]: "-----BEGIN EXAMPLE-----",
    [field("publicKey")]: "ssh-ed25519 AAAA ada",
    [field("keyFingerprint")]: "SHA256:example",
  },
  bankAccount: { [field("bankName")]: "Example Bank", [field("iban")]: "DE00 0000 0000" },
  driversLicense: { [field("licenseNumber")]: "EX-123", [field("issueDate")]: "2020-02-29" },
  passport: { [field("passportNumber")]: "X0000000", [field("nationality")]: "Examplish" },
};

for (const [type, values] of Object.entries(types)) {
  test(`${type}: create, view, edit, clone, trash, restore, delete forever`, async ({ page, person: _ }) => {
    await createItem(page, type, { [name]: "First", ...values });
    await uncover(page);
    for (const value of Object.values(values)) {
      await expect(detail(page)).toContainText(shown(String(value)));
    }

    await detail(page)
      .getByRole("button", { name: t("common.edit"), exact: true })
      .click();
    await fill(page, { [name]: "Renamed", [t("vault.notes")]: "A remark" });
    await save(page);
    await expect(detail(page).getByRole("heading", { name: "Renamed" })).toBeVisible();
    await expect(detail(page)).toContainText("A remark");

    await act(page, t("vault.clone"));
    await save(page);
    const clone = t("vault.cloneName", { name: "Renamed" });
    await expect(itemRow(page, clone)).toBeVisible();

    await act(page, t("vault.moveToTrash"));
    await expect(itemRow(page, clone)).toHaveCount(0);
    await view(page, t("vault.view.trash"));
    await itemRow(page, clone).click();
    await detail(page)
      .getByRole("button", { name: t("vault.restore"), exact: true })
      .click();
    await expect(itemRow(page, clone)).toHaveCount(0);

    await view(page, t("vault.view.all"));
    await itemRow(page, clone).click();
    await act(page, t("vault.moveToTrash"));
    await view(page, t("vault.view.trash"));
    await itemRow(page, clone).click();
    await act(page, t("vault.deleteForever"));
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("vault.deleteForever") })
      .click();
    await expect(page.getByRole("heading", { name: t("vault.empty.trash") })).toBeVisible();
    await view(page, t("vault.view.all"));
    await expect(itemRow(page, "Renamed")).toHaveCount(1);
  });
}

/** Dates are shown as the language writes them. */
function shown(value: string): string {
  return value === "2020-02-29" ? "2020" : value;
}

test("custom fields of every type, addresses with match types, and the one-time code", async ({
  page,
  person: _,
}) => {
  await page.getByRole("button", { name: t("vault.empty.action") }).click();
  await fill(page, { [name]: "Router", [t("vault.totpSecret")]: "JBSWY3DPEHPK3PXP" });
  const form = detail(page).locator("form");
  await form.getByRole("button", { name: t("vault.addWebsite") }).click();
  await form
    .getByRole("textbox", { name: t("vault.websiteNumber", { number: 1 }) })
    .fill("https://router.example.test");
  await form
    .getByRole("combobox", { name: t("vault.matchNumber", { number: 1 }) })
    .selectOption(t("vault.match.3"));
  for (const [at, kind] of ["0", "1", "2", "3"].entries()) {
    await form.getByRole("button", { name: t("vault.addField") }).click();
    await page.getByRole("menuitem", { name: t(`vault.fieldType.${kind}`), exact: true }).click();
    await form.getByLabel(t("vault.fieldName", { number: at + 1 })).fill(`Field ${kind}`);
  }
  await form.getByLabel(t("vault.fieldValue", { number: 1 })).fill("plain text");
  await form.getByLabel(t("vault.fieldValue", { number: 2 }), { exact: true }).fill("hidden text");
  await form.getByLabel(t("vault.fieldValue", { number: 3 })).check();
  await save(page);

  await expect(detail(page)).not.toContainText("hidden text");
  await uncover(page);
  for (const text of [
    "Field 0",
    "plain text",
    "Field 1",
    "hidden text",
    "Field 2",
    t("vault.yes"),
    "Field 3",
  ]) {
    await expect(detail(page)).toContainText(text);
  }
  await expect(detail(page)).toContainText(t("vault.match.3"));
  await expect(detail(page)).toContainText(t("vault.linkedTo", { field: t("vault.username") }));
  await expect(async () => {
    const before = oneTimeCode("JBSWY3DPEHPK3PXP");
    const seen = (await detail(page).textContent())?.match(/\d{3} \d{3}/)?.[0].replace(" ", "");
    expect([before, oneTimeCode("JBSWY3DPEHPK3PXP")]).toContain(seen);
  }).toPass();
});

/** RFC 6238 with SHA-1, six digits and thirty seconds. */
function oneTimeCode(secret: string): string {
  const bits = [...secret].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("earlier passwords are kept", async ({ page, person: _ }) => {
  await createLogin(page, "Mail", { [t("vault.password")]: "first-secret" });
  await detail(page)
    .getByRole("button", { name: t("common.edit"), exact: true })
    .click();
  await fill(page, { [t("vault.password")]: "second-secret" });
  await save(page);
  await detail(page)
    .getByRole("button", { name: t("vault.passwordHistory_one", { count: 1 }) })
    .click();
  await uncover(page);
  await expect(detail(page)).toContainText("second-secret");
  await expect(detail(page)).toContainText("first-secret");
});

test("favourites, folders, archive and search", async ({ page, person: _ }) => {
  await createLogin(page, "Alpha", { [t("vault.username")]: "alpha-user" });
  await createLogin(page, "Beta");
  await detail(page)
    .getByRole("button", { name: t("vault.makeFavorite") })
    .click();
  await view(page, t("vault.view.favorites"));
  await expect(itemRow(page, "Beta")).toBeVisible();
  await expect(itemRow(page, "Alpha")).toHaveCount(0);

  await page.getByRole("button", { name: t("vault.newFolder") }).click();
  await page.getByRole("dialog").getByLabel(name).fill("Network");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("common.save") })
    .click();
  await view(page, t("vault.view.all"));
  await itemRow(page, "Alpha").click();
  await act(page, t("vault.moveToFolder"));
  await page.getByRole("dialog").getByLabel(t("vault.folder")).selectOption("Network");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("vault.moveAction"), exact: true })
    .click();
  await view(page, "Network");
  await expect(itemRow(page, "Alpha")).toBeVisible();
  await expect(itemRow(page, "Beta")).toHaveCount(0);
  await renameAndDeleteFolder(page);

  await view(page, t("vault.view.all"));
  await page.getByRole("searchbox").fill("alpha-u");
  await expect(itemRow(page, "Beta")).toHaveCount(0);
  await expect(itemRow(page, "Alpha")).toBeVisible();
  await page.getByRole("searchbox").fill("nowhere");
  await expect(page.getByText(t("vault.nothingFound", { query: "nowhere" }))).toBeVisible();
  await page.getByRole("searchbox").fill("");

  await itemRow(page, "Alpha").click();
  await act(page, t("vault.archive"));
  await expect(itemRow(page, "Alpha")).toHaveCount(0);
  await view(page, t("vault.view.archive"));
  await itemRow(page, "Alpha").click();
  await act(page, t("vault.unarchive"));
  await view(page, t("vault.view.all"));
  await expect(itemRow(page, "Alpha")).toBeVisible();
});

async function renameAndDeleteFolder(page: Page) {
  const dialog = page.getByRole("dialog");
  await page.getByRole("link", { name: "Network" }).hover();
  await page.getByRole("button", { name: t("vault.editFolderNamed", { name: "Network" }) }).click();
  await dialog.getByLabel(name).fill("Networks");
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("heading", { name: "Networks", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Networks" }).hover();
  await page.getByRole("button", { name: t("vault.editFolderNamed", { name: "Networks" }) }).click();
  await dialog.getByRole("button", { name: t("vault.deleteFolder") }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name: "Networks" })).toHaveCount(0);
}

test("several items at once: move, archive, trash, undo, restore, delete", async ({ page, person: _ }) => {
  for (const each of ["One", "Two", "Three"]) {
    await createLogin(page, each);
  }
  const mark = async (...names: string[]) => {
    for (const each of names) {
      await itemRow(page, each).hover();
      await page.getByRole("checkbox", { name: t("vault.select", { name: each }) }).click();
    }
  };
  const bulk = (label: string) => page.getByRole("button", { name: label, exact: true }).last();
  await mark("One", "Two");
  await expect(page.getByText(t("vault.selected_other", { count: 2 }))).toBeVisible();
  await bulk(t("vault.archive")).click();
  await expect(itemRow(page, "One")).toHaveCount(0);
  await page.getByRole("button", { name: t("common.undo") }).click();
  await expect(itemRow(page, "One")).toBeVisible();

  await mark("Three");
  await page.getByRole("button", { name: t("vault.selectAll") }).click();
  await expect(page.getByText(t("vault.selected_other", { count: 3 }))).toBeVisible();
  await bulk(t("vault.moveToTrash")).click();
  await expect(page.getByRole("heading", { name: t("vault.empty.all") })).toBeVisible();

  await view(page, t("vault.view.trash"));
  await mark("One");
  await bulk(t("vault.restore")).click();
  await expect(itemRow(page, "One")).toHaveCount(0);
  await mark("Two", "Three");
  await bulk(t("vault.deleteForever")).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("vault.deleteForever") })
    .click();
  await expect(page.getByRole("heading", { name: t("vault.empty.trash") })).toBeVisible();
  await view(page, t("vault.view.all"));
  await expect(itemRow(page, "One")).toBeVisible();
});

test("the generator makes passwords, passphrases and user names", async ({ page, person: _ }) => {
  await page.getByRole("link", { name: t("shell.generator") }).click();
  const output = page.locator("output");
  await expect(output).toHaveText(/^\S{14,}$/);
  const first = await output.textContent();
  await page.getByRole("button", { name: t("generator.again") }).click();
  await expect(output).not.toHaveText(first ?? "");
  await page.getByRole("spinbutton", { name: t("generator.length") }).fill("40");
  await expect(output).toHaveText(/^\S{40}$/);
  await page.getByRole("checkbox", { name: "!@#$%^&*" }).uncheck();
  await expect(output).toHaveText(/^[A-Za-z0-9]{40}$/);
  await page.getByRole("tab", { name: t("generator.kind.passphrase") }).click();
  await expect(output).toHaveText(/^[A-Za-z0-9]+(-[A-Za-z0-9]+){2,}$/);
  await page.getByRole("tab", { name: t("generator.kind.username") }).click();
  await expect(output).toHaveText(/^[A-Za-z]+\d*$/);
});

test("the generator fills the form", async ({ page, person: _ }) => {
  await page.getByRole("button", { name: t("vault.empty.action") }).click();
  await fill(page, { [name]: "Generated" });
  await page.getByRole("button", { name: t("vault.generatePassword") }).click();
  const made = (await page.getByRole("dialog").locator("output").textContent()) ?? "";
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("generator.use") })
    .click();
  await expect(detail(page).getByLabel(t("vault.password"), { exact: true })).toHaveValue(made);
  expect(made.length).toBeGreaterThanOrEqual(14);
});

test("a copied password leaves the clipboard after half a minute", async ({ page, person: _ }) => {
  await createLogin(page, "Safe", { [t("vault.password")]: "copied-secret", [t("vault.username")]: "ada" });
  await page.clock.install();
  await detail(page)
    .getByRole("button", { name: t("vault.copyField", { field: t("vault.password") }) })
    .click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  expect(await clipboard()).toBe("copied-secret");
  await page.clock.fastForward(29_000);
  expect(await clipboard()).toBe("copied-secret");
  await page.clock.fastForward(2_000);
  await expect.poll(clipboard).toBe("");
  await expect(detail(page)).not.toContainText("copied-secret");
});

test("everything by keyboard", async ({ page, person: _ }) => {
  for (const each of ["Ant", "Bee", "Cat"]) {
    await createLogin(page, each, { [t("vault.username")]: `${each}-user` });
  }
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await page.locator("body").press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(detail(page).getByRole("heading", { name: "Ant" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(detail(page).getByRole("heading", { name: "Bee" })).toBeVisible();
  await expect.poll(focused).toContain("Bee");
  await page.keyboard.press("End");
  await expect(detail(page).getByRole("heading", { name: "Cat" })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(detail(page).getByRole("heading", { name: "Ant" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(detail(page)).toBeFocused();
  await page.keyboard.press("e");
  await expect(
    detail(page).getByRole("heading", { name: t("vault.editTitle", { name: "Ant" }) }),
  ).toBeVisible();
  await detail(page).getByLabel(name, { exact: true }).focus();
  await page.keyboard.press("Escape");
  await expect(detail(page).getByRole("heading", { name: "Ant", exact: true })).toBeVisible();
  await page.locator("body").press("Escape");
  await expect(page.getByText(t("vault.chooseItem"))).toBeVisible();

  await page.locator("body").press("n");
  await expect(detail(page).getByLabel(name, { exact: true })).toBeFocused();
  await page.keyboard.type("Dog");
  await page.keyboard.press("Control+Enter");
  await expect(detail(page).getByRole("heading", { name: "Dog" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("cat-u");
  await page.keyboard.press("Enter");
  await expect(detail(page).getByRole("heading", { name: "Cat" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox")).toBeHidden();
});

test("an item that asks for the master password each time", async ({ page, person }) => {
  await createLogin(page, "Vault door", {
    [t("vault.password")]: "door-secret",
    [t("vault.reprompt")]: true,
  });
  await view(page, t("vault.view.favorites"));
  await view(page, t("vault.view.all"));
  await itemRow(page, "Vault door").click();
  const secret = detail(page).getByLabel(t("auth.masterPassword"), { exact: true });
  await secret.fill("wrong password here");
  await secret.press("Enter");
  await expect(detail(page)).toContainText(t("errors.crypto.wrongPassword"));
  await secret.fill(person.password);
  await secret.press("Enter");
  await expect(secret).toBeHidden();
  await uncover(page);
  await expect(detail(page)).toContainText("door-secret");
});
