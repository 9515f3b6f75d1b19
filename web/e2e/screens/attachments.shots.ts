import { attachOld } from "../support/attachments.ts";
import { open, type Page, test } from "../support/fixtures.ts";
import { createLogin, detail } from "../support/items.ts";
import { logIn, type Person, register, somebody } from "../support/people.ts";
import { Server } from "../support/server.ts";
import { t, wordsOf } from "../support/words.ts";
import { type Act, languages, newPage, shoot, speak, visit } from "./shoot.ts";

const bytes = (name: string, size: number) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.alloc(size),
});

async function attach(page: Page, ...files: ReturnType<typeof bytes>[]): Promise<void> {
  const chooser = detail(page).locator("input[type=file]");
  await chooser.setInputFiles(files);
}

/** One upload that stands still, and one that was refused. */
async function hold(page: Page): Promise<void> {
  await page.route(/\/attachment\/[^/]+$/, async (route) => {
    if (route.request().method() !== "POST" || route.request().url().endsWith("/v2")) return route.continue();
    await new Promise(() => undefined);
  });
  await attach(page, bytes("Floor plan of the new office.pdf", 900_000));
  await page.waitForTimeout(500);
  await page.route(/\/attachment\/v2$/, (route) =>
    route.fulfill({
      status: 400,
      json: {
        object: "error",
        message: "There is no room for this file: it needs 4.0 GB, and 1.0 GB of 5.0 GB are taken.",
      },
    }),
  );
  await attach(page, bytes("Backup of everything.iso", 40_000));
  await page.waitForTimeout(500);
}

async function dragOver(page: Page): Promise<void> {
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "x.txt"));
    return data;
  });
  await detail(page).locator("section").last().dispatchEvent("dragenter", { dataTransfer: transfer });
}

test("files of an item", async ({ browser }) => {
  const server = await Server.start(open);
  for (const language of languages) {
    const page = await newPage(browser);
    const person: Person = somebody("Ada Example");
    await register(page, server.url, person);
    await createLogin(page, "Printer");
    await createLogin(page, "Core router", {
      [t("vault.username")]: "admin",
      [t("vault.password")]: "Blink!Twice7",
    });
    await shoot(page, "en", `attachments-none.${language}`);
    await attach(
      page,
      bytes("Configuration of 12 May.txt", 18_400),
      bytes("Contract with the telephone company, signed by both sides, second version.pdf", 2_400_000),
    );
    await page.getByText("Contract with").waitFor();
    await page.waitForTimeout(1500);
    const item = page.url().split("/#/")[1] ?? "";
    await attachOld(page);
    await page.reload();
    await page.close();

    const again = await newPage(browser);
    await logIn(again, server.url, person);
    await speak(again, server.url, language);
    const stops: Record<string, readonly [string, Act?]> = {
      attachments: [item],
      "attachments-drop": [item, dragOver],
      "attachments-rename": [
        item,
        async (each, words) => {
          await each
            .getByRole("button", { name: words("attachment.actsOf", { name: "" }) })
            .first()
            .click();
          await each.getByRole("menuitem", { name: words("attachment.rename") }).click();
        },
      ],
      "attachments-delete": [
        item,
        async (each, words) => {
          await each
            .getByRole("button", { name: words("attachment.actsOf", { name: "" }) })
            .first()
            .click();
          await each.getByRole("menuitem", { name: words("attachment.delete") }).click();
        },
      ],
      "attachments-filter": ["vault?view=attachments"],
      "attachments-rotation": [
        "settings/security",
        (each, words) => each.getByText(words("attachment.rotateText")).scrollIntoViewIfNeeded(),
      ],
      "attachments-storage": ["settings/data"],
      "attachments-running": [item, hold],
    };
    const failed = await visit(again, server.url, language, stops);
    if (failed.length > 0) throw new Error(failed.join("\n"));
    await again.context().close();
  }
  await server.stop();
});

test("live updates are interrupted", async ({ browser }) => {
  for (const language of languages) {
    const server = await Server.start(open);
    const page = await newPage(browser);
    await register(page, server.url, somebody("Ada Example"));
    await createLogin(page, "Core router");
    await speak(page, server.url, language);
    await page.goto(`${server.url}/#/vault`);
    await server.pause();
    await page
      .getByText(wordsOf(language)("live.interrupted"), { exact: true })
      .waitFor({ state: "attached" });
    await shoot(page, language, "live-interrupted");
    await page.locator("button[title]").filter({ hasText: "Ada Example" }).click();
    await shoot(page, language, "live-interrupted-menu");
    await page.context().close();
    await server.stop();
  }
});
