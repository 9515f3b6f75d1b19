import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Everything that axe finds on the page as it stands, in both themes. */
export async function check(page: Page, what: string, except: string[] = []): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    // Colours and dialogs fade for a moment, and half a colour has half a contrast.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)));
    const axe = new AxeBuilder({ page });
    // The themes differ in their colours alone.
    const { violations } = await (theme === "light"
      ? axe.disableRules(except)
      : axe.withRules("color-contrast")
    ).analyze();
    const found = violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`,
    );
    expect.soft(found, `${what}, ${theme}`).toEqual([]);
  }
}
