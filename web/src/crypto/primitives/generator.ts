import { randomBelow, randomOf, shuffle } from "./random";
import { loadWords } from "./wordlist";

export interface PasswordOptions {
  /** 5 … 128. */
  readonly length: number;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  readonly numbers: boolean;
  readonly special: boolean;
  readonly minNumbers: number;
  readonly minSpecial: number;
  /** Leaves out I, O, l, 0 and 1. */
  readonly avoidAmbiguous: boolean;
}

export interface PassphraseOptions {
  /** 3 … 20. */
  readonly words: number;
  readonly separator: string;
  readonly capitalize: boolean;
  readonly includeNumber: boolean;
}

export type UsernameOptions =
  | { readonly kind: "word"; readonly capitalize: boolean; readonly includeNumber: boolean }
  /** name+abc123@example.com */
  | { readonly kind: "plusAddress"; readonly email: string }
  /** abc123@example.com */
  | { readonly kind: "catchAll"; readonly domain: string };

export const defaultPassword: PasswordOptions = {
  length: 14,
  uppercase: true,
  lowercase: true,
  numbers: true,
  special: false,
  minNumbers: 1,
  minSpecial: 1,
  avoidAmbiguous: false,
};

export const defaultPassphrase: PassphraseOptions = {
  words: 6,
  separator: "-",
  capitalize: false,
  includeNumber: false,
};

const ambiguous = /[IOl01]/g;
const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";

const clamp = (value: number, min: number, max: number) =>
  Math.min(max, Math.max(min, Number.isFinite(value) ? Math.trunc(value) : min));

interface CharacterClass {
  readonly alphabet: string;
  readonly minimum: number;
}

function classesOf(options: PasswordOptions): CharacterClass[] {
  const classes: CharacterClass[] = [];
  const add = (enabled: boolean, alphabet: string, minimum: number) => {
    if (!enabled) return;
    const allowed = options.avoidAmbiguous ? alphabet.replace(ambiguous, "") : alphabet;
    classes.push({ alphabet: allowed, minimum: clamp(minimum, 1, 9) });
  };
  add(options.uppercase, lower.toUpperCase(), 1);
  add(options.lowercase, lower, 1);
  add(options.numbers, digits, options.minNumbers);
  add(options.special, "!@#$%^&*", options.minSpecial);
  if (classes.length === 0) add(true, lower, 1);
  return classes;
}

/** Draws the minima of each class, fills up from all of them, and shuffles. Out-of-range options are clamped. */
export function generatePassword(options: PasswordOptions = defaultPassword): string {
  const classes = classesOf(options);
  const minima = classes.reduce((sum, { minimum }) => sum + minimum, 0);
  const length = Math.max(minima, clamp(options.length, 5, 128));
  const union = classes.map(({ alphabet }) => alphabet).join("");
  const characters = classes.flatMap(({ alphabet, minimum }) =>
    Array.from({ length: minimum }, () => randomOf(alphabet)),
  );
  while (characters.length < length) characters.push(randomOf(union));
  return shuffle(characters).join("");
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Words with a hyphen of their own are left out, so that the number of words stays visible. */
async function plainWords(): Promise<readonly string[]> {
  return (await loadWords()).filter((word) => !word.includes("-"));
}

export async function generatePassphrase(options: PassphraseOptions = defaultPassphrase): Promise<string> {
  const list = await plainWords();
  const words = Array.from({ length: clamp(options.words, 3, 20) }, () => randomOf(list));
  const shaped = options.capitalize ? words.map(capitalized) : words;
  if (options.includeNumber) {
    const index = randomBelow(shaped.length);
    shaped[index] = `${shaped[index]}${randomBelow(10)}`;
  }
  return shaped.join([...options.separator][0] ?? "");
}

const randomLabel = () => Array.from({ length: 8 }, () => randomOf(lower + digits)).join("");

export async function generateUsername(options: UsernameOptions): Promise<string> {
  switch (options.kind) {
    case "word": {
      const word = randomOf(await plainWords());
      const shaped = options.capitalize ? capitalized(word) : word;
      return options.includeNumber ? `${shaped}${String(randomBelow(10_000)).padStart(4, "0")}` : shaped;
    }
    case "plusAddress": {
      const at = options.email.lastIndexOf("@");
      if (at < 1) return options.email;
      return `${options.email.slice(0, at)}+${randomLabel()}${options.email.slice(at)}`;
    }
    case "catchAll":
      return options.domain === "" ? "" : `${randomLabel()}@${options.domain}`;
  }
}
