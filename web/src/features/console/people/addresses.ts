export type Recipients = {
  /** Lower case, each once, in the order in which they were given. */
  readonly fresh: readonly string[];
  readonly known: readonly string[];
  readonly invalid: readonly string[];
};

/** As strict as people need: something, an at sign, and a domain with a dot. */
const address = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;

/** Addresses with nothing but spaces between them. */
function apart(cell: string): string[] {
  const words = cell.split(/\s+/);
  return words.every((word) => address.test(word)) ? words : [cell];
}

/** The pieces of a text that somebody typed or pasted, of any kind of list, or of a file with columns. */
function pieces(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/[\r\n]+/)
    .flatMap((line) => {
      const cells = line
        .split(/[,;\t]/)
        .map((cell) =>
          cell
            .trim()
            .replace(/^"(.*)"$/, "$1")
            .trim(),
        )
        .filter(Boolean);
      // A row of a file names more than the address, such as the person: only its address counts.
      const found = cells.map((cell) => /<([^<>]+)>$/.exec(cell)?.[1]?.trim() ?? cell);
      const addresses = found.filter((cell) => cell.includes("@")).flatMap(apart);
      return addresses.length > 0 ? addresses : found;
    });
}

/** The first line of a file says what its columns are. */
const heading = /^(?:e-?mail(?:[ -]?(?:address|adresse))?|name|first ?name|last ?name|vorname|nachname)$/i;

/** Sorts what was typed, pasted or read from a file into those who can be invited and those who cannot. */
export function recipientsOf(text: string, existing: ReadonlySet<string>): Recipients {
  const fresh = new Set<string>();
  const known = new Set<string>();
  const invalid = new Set<string>();
  for (const piece of pieces(text)) {
    const lower = piece.toLowerCase();
    if (heading.test(piece)) {
      continue;
    }
    if (!address.test(lower)) {
      invalid.add(piece);
    } else if (existing.has(lower)) {
      known.add(lower);
    } else {
      fresh.add(lower);
    }
  }
  return { fresh: [...fresh], known: [...known], invalid: [...invalid] };
}
