import { describe, expect, it } from "vitest";
import { recipientsOf } from "./addresses";

const read = (text: string, existing: string[] = []) => recipientsOf(text, new Set(existing));

describe("addresses to invite", () => {
  it.each<[string, string, string[]]>([
    ["one", "ada@example.test", ["ada@example.test"]],
    ["a line", "ada@example.test, otto@example.test; eve@example.test", ["ada", "otto", "eve"]],
    ["a line without commas", "ada@example.test otto@example.test", ["ada", "otto"]],
    ["several lines", " ada@example.test \n\n otto@example.test\r\n", ["ada", "otto"]],
    ["capitals and twice", "Ada@Example.test\nada@example.test", ["ada"]],
    ["as mail programs write", "Ada Example <ada@example.test>, Otto <otto@example.test>", ["ada", "otto"]],
    [
      "a file with columns",
      'Name,E-Mail\n"Ada Example",ada@example.test\nOtto;otto@example.test',
      ["ada", "otto"],
    ],
    ["a file with its mark", "\uFEFFemail\nada@example.test", ["ada"]],
  ])("are read from %s", (_, text, expected) => {
    expect(read(text)).toEqual({
      fresh: expected.map((name) => (name.includes("@") ? name : `${name}@example.test`)),
      known: [],
      invalid: [],
    });
  });

  it("are told from those who are here already and from what is none", () => {
    expect(
      read("ada@example.test\nOtto@example.test\nnobody\nx@y\na b@example.test", ["otto@example.test"]),
    ).toEqual({
      fresh: ["ada@example.test"],
      known: ["otto@example.test"],
      invalid: ["nobody", "x@y", "a b@example.test"],
    });
  });

  it("are none in an empty text", () => {
    expect(read(" \n , ")).toEqual({ fresh: [], known: [], invalid: [] });
  });
});
