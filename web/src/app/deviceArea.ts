import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/i18n";

/** The end of a log-in by another device that lets it in, with its words. */
async function approving() {
  const [area] = await Promise.all([import("@/features/device/approving"), loadTexts("device")]);
  return area;
}

/** Comes by itself with the vault, which must open without it, too. */
export const DeviceNotice = lazy<ComponentType>(() =>
  approving().then(
    (area) => ({ default: area.DeviceNotice }),
    () => ({ default: () => null }),
  ),
);
export const RequestsSection = lazy(async () => ({ default: (await approving()).RequestsSection }));
