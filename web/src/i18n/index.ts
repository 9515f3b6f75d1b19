import i18next, { type TFunction } from "i18next";
import { useSyncExternalStore } from "react";
import en from "./en.json";

export type Language = "en" | "de";
export const languages: readonly { readonly value: Language; readonly label: string }[] = [
  { value: "en", label: "English" },
  { value: "de", label: "Deutsch" },
];
/** Translates a key; keys that do not exist do not compile. */
export type T = TFunction;

void i18next.init({
  lng: "en",
  fallbackLng: "en",
  initAsync: false,
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** The language that the browser asks for, among those that we speak. */
export function preferredLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => tag === "de" || tag === "en") === "de" ? "de" : "en";
}

/** Texts that only one area of the app needs come with it, so that the log-in does not carry them. */
const areas = {
  vault: { en: () => import("./vault.en.json"), de: () => import("./vault.de.json") },
  attachment: { en: () => import("./attachment.en.json"), de: () => import("./attachment.de.json") },
  device: { en: () => import("./device.en.json"), de: () => import("./device.de.json") },
  live: { en: () => import("./live.en.json"), de: () => import("./live.de.json") },
  console: { en: () => import("./console.en.json"), de: () => import("./console.de.json") },
  admin: { en: () => import("./admin.en.json"), de: () => import("./admin.de.json") },
  account: { en: () => import("./account.en.json"), de: () => import("./account.de.json") },
  portal: { en: () => import("./portal.en.json"), de: () => import("./portal.de.json") },
  portalStaff: { en: () => import("./portalStaff.en.json"), de: () => import("./portalStaff.de.json") },
  receive: { en: () => import("./receive.en.json"), de: () => import("./receive.de.json") },
  send: { en: () => import("./send.en.json"), de: () => import("./send.de.json") },
  portalRules: { en: () => import("./portalRules.en.json"), de: () => import("./portalRules.de.json") },
} as const;
type Area = keyof typeof areas;
const wanted = new Set<Area>();
/** The language that was chosen last; what it needs may still be on its way. */
let chosen: Language = "en";
const loaded = new Set<string>();

async function fill(language: Language, area: Area): Promise<void> {
  if (!loaded.has(`${language}.${area}`)) {
    const texts = await areas[area][language]();
    i18next.addResourceBundle(language, "translation", texts.default, true);
    loaded.add(`${language}.${area}`);
  }
}

/** Call before the area's first screen. */
export async function loadTexts(area: Area): Promise<void> {
  wanted.add(area);
  const shown = i18next.language === "de" ? "de" : "en";
  await Promise.all([...new Set([shown, chosen] as const)].map((language) => fill(language, area)));
}

export async function setLanguage(language: Language): Promise<void> {
  chosen = language;
  if (language === "de" && !loaded.has("de")) {
    const texts = await import("./de.json");
    i18next.addResourceBundle("de", "translation", texts.default, true);
    loaded.add("de");
  }
  await Promise.all([...wanted].map((area) => fill(language, area)));
  if (chosen !== language) {
    return;
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function subscribe(changed: () => void) {
  i18next.on("languageChanged", changed);
  return () => i18next.off("languageChanged", changed);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => (i18next.language === "de" ? "de" : "en"));
}

const fixed: Partial<Record<Language, T>> = {};

/** Translates, and renders again when the language changes. */
export function useT(): T {
  const language = useLanguage();
  const known = fixed[language] ?? i18next.getFixedT(language);
  fixed[language] = known;
  return known;
}

/** The translator of the moment, for places outside of components. */
export function currentT(): T {
  return i18next.t;
}
