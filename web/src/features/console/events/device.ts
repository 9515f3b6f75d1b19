import type { T } from "@/i18n";

type Family = "webOf" | "extensionOf" | "desktopOf" | "commandOf" | "mobileOf";

/** What the wire's numbers of device types stand for; product names are the same in every language. */
const devices: Readonly<Record<number, readonly [Family, string]>> = {
  0: ["mobileOf", "Android"],
  1: ["mobileOf", "iOS"],
  2: ["extensionOf", "Chrome"],
  3: ["extensionOf", "Firefox"],
  4: ["extensionOf", "Opera"],
  5: ["extensionOf", "Edge"],
  6: ["desktopOf", "Windows"],
  7: ["desktopOf", "macOS"],
  8: ["desktopOf", "Linux"],
  9: ["webOf", "Chrome"],
  10: ["webOf", "Firefox"],
  11: ["webOf", "Opera"],
  12: ["webOf", "Edge"],
  13: ["webOf", "Internet Explorer"],
  15: ["mobileOf", "Android"],
  16: ["desktopOf", "Windows"],
  17: ["webOf", "Safari"],
  18: ["webOf", "Vivaldi"],
  19: ["extensionOf", "Vivaldi"],
  20: ["extensionOf", "Safari"],
  23: ["commandOf", "Windows"],
  24: ["commandOf", "macOS"],
  25: ["commandOf", "Linux"],
  26: ["webOf", "DuckDuckGo"],
};

export function deviceName(type: number | null, t: T): string {
  const known = type === null ? undefined : devices[type];
  if (known) {
    return t(`events.device.${known[0]}`, { name: known[1] });
  }
  switch (type) {
    case 14:
      return t("events.device.web");
    case 21:
      return t("events.device.sdk");
    case 22:
      return t("events.device.server");
    default:
      return t("events.device.unknown");
  }
}
