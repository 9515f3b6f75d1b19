let loading: Promise<readonly string[]> | undefined;

/** The EFF large word list, 7,776 words in dice order; a file of its own, fetched when first needed. */
export function loadWords(): Promise<readonly string[]> {
  loading ??= import("./wordlist/words.txt?raw").then((file) => file.default.trimEnd().split("\n"));
  return loading;
}
