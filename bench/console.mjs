// Measures the lists of the Admin Console in Chromium: node console.mjs URL EMAIL PASSWORD ORGANIZATION prints one line
// of JSON: for each list its name, its rows, the milliseconds until its first row, and how evenly it scrolls.
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [url, email, password, organization] = process.argv.slice(2);

const lists = ["people", "groups", "items", "events"];
const firstRow = "[role=table]:not([data-past]) [aria-rowindex], [data-list]:not([data-past]) [data-item]";

/** Scrolls the list for two seconds, as fast as somebody who turns the wheel quickly, and gives the times between frames. */
function scrollThrough() {
  const scroller = document.querySelector("[role=table], [data-list]");
  const speed = 4; // pixels in a millisecond: 80 rows in a second
  return new Promise((resolve) => {
    const frames = [];
    const begun = performance.now();
    let last = begun;
    const step = (now) => {
      frames.push(now - last);
      last = now;
      scroller.scrollTop = speed * (now - begun);
      if (now - begun < 2000) requestAnimationFrame(step);
      else resolve(frames.slice(1));
    };
    requestAnimationFrame(step);
  });
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}/#/login`);
  await page.locator("input[type=email]").fill(email);
  await page.keyboard.press("Enter");
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  // The owner's own vault opens all items first, and is not what is measured here.
  await page.locator("[data-item]").first().waitFor();

  const measured = [];
  for (const name of lists) {
    const begun = performance.now();
    // The list of the page before stays until the next one is there.
    await page.evaluate(() => {
      for (const list of document.querySelectorAll("[role=table], [data-list]")) list.dataset.past = "";
    });
    await page.goto(`${url}/#/organizations/${organization}/${name}`);
    await page.locator(firstRow).first().waitFor();
    const open = performance.now() - begun;
    const rows = await page.evaluate(() => {
      const list = document.querySelector("[role=table], [data-list]");
      return Number(list.getAttribute("aria-rowcount")) || Math.round(list.querySelector("ul").clientHeight / list.querySelector("li").clientHeight);
    });
    const frames = (await page.evaluate(scrollThrough)).sort((a, b) => a - b);
    measured.push({
      name,
      rows,
      open,
      frame: frames[Math.floor(frames.length * 0.95)],
      dropped: (100 * frames.filter((time) => time > 2000 / 60).length) / frames.length,
    });
  }
  console.log(JSON.stringify(measured));
} finally {
  await browser.close();
}
