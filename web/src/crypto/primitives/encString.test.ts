import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors";
import { parseEncString } from "./encString";

const iv = "AAAAAAAAAAAAAAAAAAAAAA==";
const mac = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

describe("parseEncString", () => {
  it.each([
    ["", "nothing"],
    ["2.", "no parts"],
    ["plaintext", "plaintext"],
    [`2.${iv}|${iv}`, "a missing MAC"],
    [`2.${iv}|${iv}|${mac}|${mac}`, "a part too many"],
    [`2.${iv}||${mac}`, "an empty part"],
    [`2.${iv}|AAAA|${mac}`, "a ciphertext that is no whole block"],
    [`2.AAAA|${iv}|${mac}`, "a short IV"],
    [`2.${iv}|${iv}|AAAA`, "a short MAC"],
    [`2.${iv}|%%%%|${mac}`, "characters outside of base64"],
    [`2.${iv}|${iv}|${mac}.x`, "a second dot"],
    [`8.${iv}|${iv}|${mac}`, "an unknown type"],
    ["4.AAAA|AAAA", "an RSA text with a MAC"],
  ])("refuses %s (%s)", (text) => {
    expect(() => parseEncString(text)).toThrow(expect.objectContaining({ kind: "undecryptable" }));
  });

  it("reads text without a header as the oldest types", () => {
    expect(parseEncString(`${iv}|${iv}`).type).toBe(0);
    expect(() => parseEncString(`${iv}|${iv}|${mac}`)).toThrow(
      expect.objectContaining({ kind: "unsupported" }),
    );
  });

  it.each(vectors.encStringType7)("recognises and refuses version 2, case %#", ({ encString }) => {
    expect(() => parseEncString(encString)).toThrow(/version 2/);
  });
});
