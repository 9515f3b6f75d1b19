import { readFileSync } from "node:fs";

type Texts = { readonly [key: string]: string | Texts };

function read(file: string): Texts {
  return JSON.parse(readFileSync(new URL(`../../src/i18n/${file}.json`, import.meta.url), "utf8")) as Texts;
}

/** An area's texts are in a file of their own, under the same roots or others. */
function merge(one: Texts, other: Texts): Texts {
  const all: Record<string, string | Texts> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const known = all[key];
    all[key] = typeof known === "object" && typeof value === "object" ? merge(known, value) : value;
  }
  return all;
}

function load(language: string): Texts {
  return [
    "vault",
    "live",
    "device",
    "attachment",
    "console",
    "admin",
    "account",
    "portal",
    "portalStaff",
    "portalRules",
    "receive",
    "send",
  ].reduce((all, area) => merge(all, read(`${area}.${language}`)), read(language));
}

/** The app's own words, so that a test names a button as a person reads it. An unknown key throws. */
export function wordsOf(language: "en" | "de") {
  const texts = load(language);
  return (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const found = key
      .split(".")
      .reduce<string | Texts | undefined>(
        (at, part) => (typeof at === "object" ? at[part] : undefined),
        texts,
      );
    if (typeof found !== "string") {
      throw new Error(`${language}.json has no text ${key}.`);
    }
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? `{{${name}}}`));
  };
}

export const t = wordsOf("en");

/** Every text of a language by its key. */
export function everyText(language: "en" | "de"): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (texts: Texts, path: string) => {
    for (const [key, value] of Object.entries(texts)) {
      if (typeof value === "string") {
        found.set(path + key, value);
      } else {
        walk(value, `${path}${key}.`);
      }
    }
  };
  walk(load(language), "");
  return found;
}
