import { loadTexts } from "@/i18n";

/** Sends with their words, which the rest of the app does not carry. */
export async function sendArea() {
  const [area] = await Promise.all([import("@/features/send"), loadTexts("send")]);
  return area;
}
