import { loadTexts } from "@/i18n";

/** The Provider Portal with its words, which the rest of the app does not carry. */
export async function portalArea() {
  const [area] = await Promise.all([
    import("@/features/provider"),
    loadTexts("console"),
    loadTexts("portal"),
    loadTexts("portalStaff"),
    loadTexts("portalRules"),
  ]);
  return area;
}
