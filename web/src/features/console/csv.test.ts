import { describe, expect, it } from "vitest";
import { csvOf, fileNamePart } from "./csv";

const line = (value: string | number) => csvOf(["h"], [[value]]).split("\r\n")[1];

describe("a file for spreadsheets", () => {
  it.each<[string | number, string]>([
    ["Ada Example", "Ada Example"],
    ["=1+1", "'=1+1"],
    ["+49 30 1", "'+49 30 1"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    [' =HYPERLINK("x")', '"\' =HYPERLINK(""x"")"'],
    ['say "hi", twice', '"say ""hi"", twice"'],
    ["a;b", '"a;b"'],
    [-5, "-5"],
  ])("writes %j as %j", (value, expected) => {
    expect(line(value)).toBe(expected);
  });

  it("starts with the mark and ends its lines", () => {
    expect(csvOf(["a", "b"], [["1", "2"]])).toBe("\uFEFFa,b\r\n1,2\r\n");
  });
});

describe("the name of a file", () => {
  it.each([
    ["Example Bakery & Sons", "example-bakery-sons"],
    ["../../etc", "etc"],
    ["Bäckerei Öhm", "bäckerei-öhm"],
  ])("%s", (name, expected) => {
    expect(fileNamePart(name)).toBe(expected);
  });
});
