import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
});

it("loads an area that is asked for while the language changes in the new one, too", async () => {
  const { currentT, loadTexts, setLanguage } = await import("./index");
  await setLanguage("de");
  await setLanguage("en");
  const changing = setLanguage("de");
  const loading = loadTexts("receive");
  await Promise.all([changing, loading]);
  expect(currentT()("receive.show")).toBe("Anzeigen");
});

it("keeps the language that was chosen last", async () => {
  const { currentT, setLanguage } = await import("./index");
  await Promise.all([setLanguage("de"), setLanguage("en")]);
  expect(currentT()("common.save")).toBe("Save");
  expect(document.documentElement.lang).toBe("en");
});
