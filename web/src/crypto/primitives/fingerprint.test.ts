import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors";
import { sha256, toHex, utf8 } from "./bytes";
import { fingerprintPhrase } from "./fingerprint";
import { loadWords } from "./wordlist";

describe("fingerprint", () => {
  it.each(vectors.fingerprint)("$phrase", async ({ material, publicSpkiB64, phrase }) => {
    expect(await fingerprintPhrase(material, publicSpkiB64)).toBe(phrase);
  });

  it("uses the word list in the published order", async () => {
    const words = await loadWords();
    expect(words.length).toBe(7776);
    expect(toHex(await sha256(utf8(words.join("\n"))))).toBe(
      vectors._about.wordListSha256.sha256OfWordsJoinedByNewlineNoTrailing,
    );
  });
});
