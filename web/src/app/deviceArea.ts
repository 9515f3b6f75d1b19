import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/i18n";

/** Both ends of a log-in by another device, with their words, which the log-in page does not carry. */
const withTexts =
  <Area>(load: () => Promise<Area>) =>
  async (): Promise<Area> => {
    const [area] = await Promise.all([load(), loadTexts("device")]);
    return area;
  };
const asking = withTexts(() => import("@/features/device"));
const approving = withTexts(() => import("@/features/device/approving"));

export const AskStep = lazy(async () => ({ default: (await asking()).AskStep }));
/** Comes by itself with the vault, which must open without it, too. */
export const DeviceNotice = lazy<ComponentType>(() =>
  approving().then(
    (area) => ({ default: area.DeviceNotice }),
    () => ({ default: () => null }),
  ),
);
export const RequestsSection = lazy(async () => ({ default: (await approving()).RequestsSection }));
