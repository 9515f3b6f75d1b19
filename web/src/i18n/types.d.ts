import type accountEn from "./account.en.json";
import type adminEn from "./admin.en.json";
import type attachmentEn from "./attachment.en.json";
import type consoleEn from "./console.en.json";
import type deviceEn from "./device.en.json";
import type en from "./en.json";
import type liveEn from "./live.en.json";
import type portalEn from "./portal.en.json";
import type portalRulesEn from "./portalRules.en.json";
import type portalStaffEn from "./portalStaff.en.json";
import type receiveEn from "./receive.en.json";
import type sendEn from "./send.en.json";
import type vaultEn from "./vault.en.json";

type Texts = typeof en &
  typeof vaultEn &
  typeof attachmentEn &
  typeof deviceEn &
  typeof liveEn &
  typeof consoleEn &
  typeof adminEn &
  typeof accountEn &
  typeof portalEn &
  typeof portalStaffEn &
  typeof portalRulesEn &
  typeof receiveEn &
  typeof sendEn;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Texts };
    returnNull: false;
  }
}
