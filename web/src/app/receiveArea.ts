import { loadTexts } from "@/i18n";

/** What somebody with a link to a Send sees: nothing of its owner's part is loaded for it. */
export async function receiveArea() {
  const [area] = await Promise.all([import("@/features/send/receive"), loadTexts("receive")]);
  return area;
}
