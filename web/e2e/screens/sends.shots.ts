import { open, type Page, test } from "../support/fixtures.ts";
import { createLogin } from "../support/items.ts";
import { accountMenu, register, somebody } from "../support/people.ts";
import { copied } from "../support/sends.ts";
import { Server } from "../support/server.ts";
import { t } from "../support/words.ts";
import { type Act, languages, newPage, type Stops, shoot, speak, speakOutside, visit } from "./shoot.ts";

const dialogOf = (page: Page) => page.getByRole("dialog").last();
type Made = { name: string; text?: string; file?: string; password?: string; most?: string; hours?: string };

/** Makes a Send by its form; gives the link. */
async function make(page: Page, url: string, send: Made): Promise<string> {
  await page.goto(`${url}/#/sends?act=new`);
  const dialog = dialogOf(page);
  if (send.file) {
    await dialog.getByText(t("send.kind.file"), { exact: true }).click();
    await dialog.locator("input[type=file]").setInputFiles({
      name: send.file,
      mimeType: "application/pdf",
      buffer: Buffer.alloc(2_400_000),
    });
  } else {
    await dialog.getByRole("textbox", { name: t("send.text"), exact: true }).fill(send.text ?? "");
  }
  await dialog.getByLabel(t("common.name"), { exact: true }).fill(send.name);
  if (send.hours) {
    await dialog.getByLabel(t("send.lifetime")).selectOption(send.hours);
  }
  if (send.password) {
    await dialog.getByRole("radio", { name: t("send.whoPassword") }).check();
    await dialog.getByLabel(t("send.password"), { exact: true }).fill(send.password);
  }
  if (send.most) {
    await dialog.getByRole("button", { name: t("send.more") }).click();
    await dialog.getByLabel(t("send.most")).fill(send.most);
  }
  await dialog.getByRole("button", { name: t("send.create") }).click();
  await dialog.getByRole("button", { name: t("send.copyLink") }).click();
  const link = await copied(page);
  await dialog.getByRole("button", { name: t("common.done") }).click();
  return link;
}

const text = "The code of the back door is 4711.\nPlease close the window when you leave.";
const form: Act = async (page, words) => {
  await dialogOf(page)
    .getByRole("textbox", { name: words("send.text"), exact: true })
    .fill(text);
};
const fullForm: Act = async (page, words) => {
  await form(page, words);
  const dialog = dialogOf(page);
  await dialog.getByRole("radio", { name: words("send.whoPassword") }).check();
  await dialog.getByRole("button", { name: words("send.more") }).click();
  await dialog.getByRole("button", { name: words("send.create") }).click();
};
const fileForm: Act = async (page, words) => {
  await dialogOf(page).getByText(words("send.kind.file"), { exact: true }).click();
};
const ready: Act = async (page, words) => {
  await form(page, words);
  const dialog = dialogOf(page);
  await dialog.getByLabel(words("common.name"), { exact: true }).fill("For Example Bakery");
  await dialog.getByRole("radio", { name: words("send.whoPassword") }).check();
  await dialog.getByLabel(words("send.password"), { exact: true }).fill("tulip");
  await dialog.getByRole("button", { name: words("send.create") }).click();
};
const openRow =
  (name: string): Act =>
  async (page) => {
    await page.getByRole("button", { name, exact: true }).first().click();
  };
const asking: Act = async (page, words) => {
  await page.getByRole("button", { name: words("send.delete"), exact: true }).click();
};
const fromItem: Act = async (page, words) => {
  await page.locator("[data-item]").first().click();
  await page.getByRole("button", { name: words("common.more"), exact: true }).click();
  await page.getByRole("menuitem", { name: words("vault.sendItem") }).click();
};

const stops: Stops = {
  "send-new": ["sends?act=new", form],
  "send-new-wrong": ["sends?act=new", fullForm],
  "send-new-file": ["sends?act=new", fileForm],
  "send-ready": ["sends?act=new", ready],
  sends: ["sends"],
  "send-panel": ["sends", openRow("Wi-Fi of the branch")],
  "send-panel-file": ["sends", openRow("Floor plan")],
  "send-delete": [
    "sends",
    async (page, words) => {
      await openRow("Floor plan")(page, words);
      await asking(page, words);
    },
  ],
  "send-from-item": ["vault", fromItem],
};

const showIt: Act = async (page, words) => {
  await page.getByRole("button", { name: words("receive.show"), exact: true }).click();
};

function received(links: Record<"open" | "password" | "file" | "used", string>): Stops {
  const path = (link: string) => link.split("/#/")[1] ?? "";
  return {
    receive: [path(links.open)],
    "receive-text": [path(links.open), showIt],
    "receive-password": [path(links.password), showIt],
    "receive-file": [path(links.file), showIt],
    "receive-gone": [path(links.used), showIt],
    "receive-damaged": ["send/ct2APRQtJk-BLLDwAYqhRA/Pgui0FK85cN"],
  };
}

test("Sends", async ({ browser }) => {
  const failed: string[] = [];
  const server = await Server.start(open);
  const page = await newPage(browser);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await register(page, server.url, somebody("Ada Example"));
  await createLogin(page, "Core switch", {
    [t("vault.username")]: "admin",
    [t("vault.password")]: "Blink!Twice7",
  });
  for (const language of languages) {
    await speak(page, server.url, language);
    await page.goto(`${server.url}/#/sends`);
    await page.waitForTimeout(600);
    await shoot(page, language, "sends-empty");
  }
  await speak(page, server.url, "en");
  const links = {
    open: await make(page, server.url, { name: "Back door", text }),
    password: await make(page, server.url, {
      name: "Wi-Fi of the branch",
      text,
      password: "tulip",
      most: "10",
    }),
    file: await make(page, server.url, {
      name: "Floor plan",
      file: "floor-plan-second-floor.pdf",
      hours: "24",
    }),
    used: await make(page, server.url, { name: "First password of Mira", text, most: "1", hours: "720" }),
  };
  const first = await newPage(browser);
  await first.goto(links.used);
  await first.getByRole("button", { name: t("receive.show"), exact: true }).click();
  await first.getByRole("button", { name: t("receive.copy") }).waitFor();
  await first.context().close();
  for (const language of languages) {
    const guest = await newPage(browser);
    await speakOutside(guest, server.url, language);
    failed.push(...(await visit(guest, server.url, language, received(links))));
    await guest.context().close();
  }
  await accountMenu(page, t("shell.sync"));
  for (const language of languages) {
    await speak(page, server.url, language);
    failed.push(...(await visit(page, server.url, language, stops)));
  }
  await page.context().close();
  await server.stop();
  test.expect(failed).toEqual([]);
});
