import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";

const checker = new ZxcvbnFactory({
  graphs: adjacencyGraphs,
  dictionary: common,
  maxLength: 128,
});

/** 0 (at once) to 4 (very hard), with the person's own words counting as known. */
export function estimate(password: string, related: string[]): 0 | 1 | 2 | 3 | 4 {
  const known = related.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  return checker.check(password, known).score;
}
