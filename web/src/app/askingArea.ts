import { lazy } from "react";
import { loadTexts } from "@/i18n";

/** Asking another device, which the log-in page does not carry. */
export const AskStep = lazy(async () => {
  const [area] = await Promise.all([import("@/features/device"), loadTexts("device")]);
  return { default: area.AskStep };
});
