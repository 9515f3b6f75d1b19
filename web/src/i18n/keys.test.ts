import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import accountDe from "./account.de.json";
import accountEn from "./account.en.json";
import adminDe from "./admin.de.json";
import adminEn from "./admin.en.json";
import attachmentDe from "./attachment.de.json";
import attachmentEn from "./attachment.en.json";
import consoleDe from "./console.de.json";
import consoleEn from "./console.en.json";
import de from "./de.json";
import deviceDe from "./device.de.json";
import deviceEn from "./device.en.json";
import en from "./en.json";
import liveDe from "./live.de.json";
import liveEn from "./live.en.json";
import portalDe from "./portal.de.json";
import portalEn from "./portal.en.json";
import portalRulesDe from "./portalRules.de.json";
import portalRulesEn from "./portalRules.en.json";
import portalStaffDe from "./portalStaff.de.json";
import portalStaffEn from "./portalStaff.en.json";
import receiveDe from "./receive.de.json";
import receiveEn from "./receive.en.json";
import sendDe from "./send.de.json";
import sendEn from "./send.en.json";
import vaultDe from "./vault.de.json";
import vaultEn from "./vault.en.json";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") {
      flat.set(prefix + key, value);
    } else {
      for (const [inner, text] of flatten(value, `${prefix}${key}.`)) {
        flat.set(inner, text);
      }
    }
  }
  return flat;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return sources(path);
    }
    return /\.tsx?$/.test(entry.name) && !entry.name.includes(".test.") ? [readFileSync(path, "utf8")] : [];
  });
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const englishFiles = [
  en,
  vaultEn,
  attachmentEn,
  deviceEn,
  liveEn,
  consoleEn,
  adminEn,
  accountEn,
  portalEn,
  portalStaffEn,
  portalRulesEn,
  receiveEn,
  sendEn,
].map((file) => flatten(file));
const germanFiles = [
  de,
  vaultDe,
  attachmentDe,
  deviceDe,
  liveDe,
  consoleDe,
  adminDe,
  accountDe,
  portalDe,
  portalStaffDe,
  portalRulesDe,
  receiveDe,
  sendDe,
].map((file) => flatten(file));
const english = new Map(englishFiles.flatMap((file) => [...file]));
const german = new Map(germanFiles.flatMap((file) => [...file]));
const sizeOf = (files: readonly Map<string, string>[]) => files.reduce((sum, { size }) => sum + size, 0);
const code = sources(join(import.meta.dirname, "..")).join("\n");
/** `t("a.b")` and, for families of keys, t(`a.b.${x}`). */
const named = new Set(
  [...code.matchAll(/["'`]([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_]+)+)["'`]/g)].map((m) => m[1]),
);
const families = [...code.matchAll(/`([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*\.)\$\{/g)].map((m) => m[1] ?? "");
const plural = /_(?:one|other|zero)$/;

describe("translations", () => {
  it("have the same keys in both languages", () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("are in one file each", () => {
    expect(english.size).toBe(sizeOf(englishFiles));
    expect(german.size).toBe(sizeOf(germanFiles));
  });

  it("keep the placeholders", () => {
    const wrong = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(german.get(key) ?? "").join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it("are well formed", () => {
    const bad = [...english, ...german].filter(
      ([key, text]) =>
        !/^[a-z][\w.]*$/.test(key) ||
        text.trim() !== text ||
        text === "" ||
        /\{(?!\{)\w|\w\}(?!\})/.test(text.replaceAll(/\{\{\w+\}\}/g, "")),
    );
    expect(bad.map(([key]) => key)).toEqual([]);
  });

  it("have both plural forms", () => {
    const lonely = [...english.keys()]
      .filter((key) => plural.test(key))
      .filter(
        (key) => !english.has(key.replace(plural, "_one")) || !english.has(key.replace(plural, "_other")),
      );
    expect(lonely).toEqual([]);
  });

  it("are all used", () => {
    const unused = [...english.keys()].filter((key) => {
      const base = key.replace(plural, "");
      return !named.has(base) && !families.some((family) => base.startsWith(family));
    });
    expect(unused).toEqual([]);
  });

  it("exist for every key in the code", () => {
    const known = new Set([...english.keys()].map((key) => key.replace(plural, "")));
    const roots = new Set([...english.keys()].map((key) => key.split(".")[0] ?? ""));
    const missing = [...named].filter((key) => key && roots.has(key.split(".")[0] ?? "") && !known.has(key));
    expect(missing).toEqual([]);
  });
});
