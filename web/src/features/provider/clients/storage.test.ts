import { expect, it } from "vitest";
import { gigabytes, inGigabytes } from "./storage";

it.each([
  ["5", 5 * 2 ** 30],
  ["0", 0],
  [" 2,5 ", 2.5 * 2 ** 30],
  ["2.5", 2.5 * 2 ** 30],
  ["", null],
  ["-1", null],
  ["five", null],
  ["1e3", null],
  ["99999999", null],
])("%j gigabytes are %j", (text, bytes) => {
  expect(inGigabytes(text)).toBe(bytes);
});

it.each([0, 1, 2.5, 100])("what is shown for %i can be typed again", (value) => {
  expect(inGigabytes(gigabytes(value * 2 ** 30))).toBe(value * 2 ** 30);
});
