import { useSyncExternalStore } from "react";
import { type Language, preferredLanguage, setLanguage } from "@/i18n";

/** How the app looks on this machine. Nothing here belongs to an account, and nothing here is secret. */
export type Theme = "system" | "light" | "dark";

const themeKey = "kastellan.theme";
const languageKey = "kastellan.language";
const listeners = new Set<() => void>();

export function theme(): Theme {
  const stored = localStorage.getItem(themeKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setTheme(next: Theme): void {
  localStorage.setItem(themeKey, next);
  applyTheme();
  for (const listener of listeners) {
    listener();
  }
}

function applyTheme(): void {
  const current = theme();
  if (current === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = current;
  }
}

export function useTheme(): Theme {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, theme);
}

export function chooseLanguage(next: Language): void {
  localStorage.setItem(languageKey, next);
  void setLanguage(next);
}

/** Call once, before the first render. */
export async function applyPreferences(): Promise<void> {
  applyTheme();
  const stored = localStorage.getItem(languageKey);
  await setLanguage(stored === "de" || stored === "en" ? stored : preferredLanguage());
}
