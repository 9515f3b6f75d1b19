import { loadTexts } from "@/i18n";

/** A part of the app with the words about one's account, which the log-in does not carry. */
export const withAccountTexts =
  <Area>(load: () => Promise<Area>) =>
  async (): Promise<Area> => {
    const [area] = await Promise.all([load(), loadTexts("account")]);
    return area;
  };
