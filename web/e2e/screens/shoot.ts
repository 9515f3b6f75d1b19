import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, ownAddress, type Page } from "../support/fixtures.ts";
import { wordsOf } from "../support/words.ts";

const folder = fileURLToPath(new URL("../../../.cache/screens", import.meta.url));
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** The page as it stands, in both sizes and themes. */
export async function shoot(page: Page, language: Language, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const theme of ["light", "dark"]) {
      await page.evaluate((chosen) => {
        document.documentElement.dataset.theme = chosen;
      }, theme);
      await page.waitForTimeout(150);
      // Colours fade for a moment; on a busy machine a moment is long.
      await page.evaluate(
        () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))),
      );
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)));
      await page.screenshot({ path: `${folder}/${name}.${size}.${language}.${theme}.png` });
    }
  }
  await page.setViewportSize(sizes.wide);
}

export async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ extraHTTPHeaders: ownAddress(), viewport: sizes.wide });
  return context.newPage();
}

export async function speak(page: Page, url: string, language: Language): Promise<void> {
  await page.goto(`${url}/#/settings/appearance`);
  await page.locator("main select").first().selectOption(language);
}

/** A page before anybody has logged in. */
export async function speakOutside(page: Page, url: string, language: Language): Promise<void> {
  await page.goto(`${url}/#/login`);
  await page.evaluate((chosen) => localStorage.setItem("kastellan.language", chosen), language);
  await page.reload();
}

/** Goes to each address in turn and takes its pictures. */
export async function tour(
  page: Page,
  url: string,
  language: Language,
  stops: Record<string, string>,
): Promise<void> {
  for (const [name, path] of Object.entries(stops)) {
    await page.goto(`${url}/#/${path}`);
    await page.waitForTimeout(600);
    await shoot(page, language, name);
  }
}

/** An address, and what is done there before the picture is taken. */
export type Act = (page: Page, words: ReturnType<typeof wordsOf>) => Promise<void>;
export type Stops = Readonly<Record<string, readonly [path: string, act?: Act]>>;

/** The same for what stands open above a page. What fails is told at the end: the other pictures are taken all the same. */
export async function visit(page: Page, url: string, language: Language, stops: Stops): Promise<string[]> {
  const failed: string[] = [];
  const words = wordsOf(language);
  page.setDefaultTimeout(6000);
  for (const [name, [path, act]] of Object.entries(stops)) {
    try {
      // Away and back again, so that nothing of the stop before is left.
      await page.goto(`${url}/#/generator`);
      await page.goto(`${url}/#/${path}`);
      await page.waitForTimeout(500);
      await act?.(page, words);
      await page.waitForTimeout(500);
      await shoot(page, language, name);
    } catch (error) {
      failed.push(`${name} (${language}): ${String(error).split("\n", 2).join(" ")}`);
    }
  }
  return failed;
}
