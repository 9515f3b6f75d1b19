import type accountEn from "./account.en.json";
import type adminEn from "./admin.en.json";
import type consoleEn from "./console.en.json";
import type en from "./en.json";
import type vaultEn from "./vault.en.json";

type Texts = typeof en & typeof vaultEn & typeof consoleEn & typeof adminEn & typeof accountEn;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Texts };
    returnNull: false;
  }
}
