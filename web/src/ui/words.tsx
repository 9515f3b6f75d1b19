import { createContext, type ReactNode, use } from "react";

/** The few words that the design system itself says. The app supplies them in the language of the moment. */
export type UiWords = {
  show: string;
  hide: string;
  copy: string;
  copied: string;
  copyFailed: string;
  close: string;
  dismiss: string;
  working: string;
  sortAscending: string;
  sortDescending: string;
  noMatches: string;
  notifications: string;
  discardTitle: string;
  discardText: string;
  discard: string;
  keepEditing: string;
  columns: string;
  stopTitle: string;
  stopText: string;
  stop: string;
  keepWaiting: string;
};

const WordsContext = createContext<UiWords | null>(null);

export function UiWordsProvider({ words, children }: { words: UiWords; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): UiWords {
  const words = use(WordsContext);
  if (!words) {
    throw new Error("UiWordsProvider is missing above this component.");
  }
  return words;
}
