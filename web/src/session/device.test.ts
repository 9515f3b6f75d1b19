import { expect, it } from "vitest";
import { deviceOf } from "./device";

const safari =
  "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";
const chrome =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

it.each([
  [chrome, 9, "Chrome"],
  [`${chrome} Edg/140.0`, 12, "Edge"],
  [`${chrome} OPR/120.0`, 11, "Opera"],
  ["Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0", 10, "Firefox"],
  [safari, 17, "Safari"],
  ["Lynx/2.9", 14, "Browser"],
])("%s", (userAgent, type, name) => {
  expect(deviceOf(userAgent, "id")).toEqual({ type, name, identifier: "id" });
});
