import type consoleEn from "./console.en.json";
import type en from "./en.json";

type Texts = typeof en & typeof consoleEn;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Texts };
    returnNull: false;
  }
}
