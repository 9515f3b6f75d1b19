// Measures the web app in Chromium: node browser.mjs URL EMAIL PASSWORD prints one line of JSON,
// {"firstLoad": bytes over the wire until the log-in form is there, "unlock": milliseconds}.
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [url, email, password] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);

  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let firstLoad = 0;
  wire.on("Network.loadingFinished", (event) => {
    firstLoad += event.encodedDataLength;
  });
  await page.goto(`${url}/#/login`);
  await page.locator("input[type=email]").waitFor();
  const loaded = firstLoad;

  await page.locator("input[type=email]").fill(email);
  await page.keyboard.press("Enter");
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.locator("[data-item]").first().waitFor();

  // A reloaded page has forgotten the keys and is locked.
  const unlocks = [];
  for (let n = 0; n < 5; n++) {
    await page.reload();
    await page.locator("input[name=password]").fill(password);
    const start = performance.now();
    await page.keyboard.press("Enter");
    await page.locator("[data-item]").first().waitFor();
    unlocks.push(performance.now() - start);
  }
  unlocks.sort((a, b) => a - b);
  console.log(JSON.stringify({ firstLoad: loaded, unlock: unlocks[2] }));
} finally {
  await browser.close();
}
