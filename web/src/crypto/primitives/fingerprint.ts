import { fromBase64, sha256, toHex } from "./bytes";
import { hkdfExpand } from "./hkdf";
import { loadWords } from "./wordlist";

/** Five words: ceil(64 bits / log2 7776). */
const wordCount = 5;

/**
 * The phrase that two people compare to be sure of a public key. Words may contain a hyphen themselves, so the
 * phrase cannot be split again.
 */
export async function fingerprintPhrase(material: string, publicKey: string): Promise<string> {
  const hash = await hkdfExpand(await sha256(fromBase64(publicKey)), material, 32);
  const words = await loadWords();
  const base = BigInt(words.length);
  let rest = BigInt(`0x${toHex(hash)}`);
  const phrase: string[] = [];
  for (let i = 0; i < wordCount; i++) {
    phrase.push(words[Number(rest % base)] ?? "");
    rest /= base;
  }
  return phrase.join("-");
}
