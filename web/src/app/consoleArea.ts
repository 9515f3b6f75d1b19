import { loadTexts } from "@/i18n";

/** The Admin Console with its words, which the rest of the app does not carry. */
export async function consoleArea() {
  const [area] = await Promise.all([import("@/features/console"), loadTexts("console"), loadTexts("admin")]);
  return area;
}
