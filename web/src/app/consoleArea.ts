import { loadTexts } from "@/i18n";

/** The Admin Console with its words, which the rest of the app does not carry. */
export async function consoleArea() {
  const [area] = await Promise.all([import("@/features/console"), loadTexts("console"), loadTexts("admin")]);
  return area;
}

/** The same for a client of the provider, whose header speaks of the portal, too. */
export async function clientArea() {
  const [area] = await Promise.all([consoleArea(), loadTexts("portal")]);
  return area;
}
