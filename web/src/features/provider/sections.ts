import {
  Building2,
  Gauge,
  KeyRound,
  ListChecks,
  type LucideIcon,
  ReceiptText,
  ScrollText,
  Settings2,
  SquareStack,
  UserSearch,
  UsersRound,
} from "lucide-react";
import { type ComponentType, lazy } from "react";
import type { ProfileProvider } from "@/api";
import { loadTexts } from "@/i18n";

/** All sections in the order in which they are shown. A section without a page is not shown yet. */
export type SectionId =
  | "overview"
  | "clients"
  | "search"
  | "people"
  | "baselines"
  | "audit"
  | "bulk"
  | "keys"
  | "billing"
  | "settings";

export type Section = {
  readonly id: SectionId;
  readonly icon: LucideIcon;
  /** Loaded when it is opened first. Reads its provider from `usePortal()`, its address from `usePortalPlace()`. */
  readonly page: ComponentType;
  /** Who finds it in the navigation, and may open it. */
  readonly may: (provider: ProfileProvider) => boolean;
  /** Stays open for administrators while the provider is suspended: it reaches no client then. */
  readonly whileSuspended?: boolean;
};

export const isAdmin = (provider: ProfileProvider) => provider.type === 0;
export const isAnybody = () => true;

/** With the words for policies and events, which the Admin Console has. */
const withAdminTexts = async <Page>(page: Promise<Page>): Promise<Page> =>
  (await Promise.all([page, loadTexts("admin")]))[0];

/** Register a page here; its name is the text `portal.section.<id>`. */
export const sections: readonly Section[] = [
  {
    id: "overview",
    icon: Gauge,
    page: lazy(() => import("./overview/OverviewPage").then((module) => ({ default: module.OverviewPage }))),
    may: isAnybody,
  },
  {
    id: "clients",
    icon: Building2,
    page: lazy(() => import("./clients/ClientsPage").then((module) => ({ default: module.ClientsPage }))),
    may: isAnybody,
  },
  {
    id: "search",
    icon: UserSearch,
    page: lazy(() =>
      withAdminTexts(import("./search/SearchPage")).then((module) => ({ default: module.SearchPage })),
    ),
    may: isAnybody,
  },
  {
    id: "people",
    icon: UsersRound,
    page: lazy(() => import("./people/PeoplePage").then((module) => ({ default: module.PeoplePage }))),
    may: isAdmin,
  },
  {
    id: "baselines",
    icon: ListChecks,
    page: lazy(() =>
      withAdminTexts(import("./baselines/BaselinesPage")).then((module) => ({
        default: module.BaselinesPage,
      })),
    ),
    may: isAnybody,
  },
  {
    id: "audit",
    icon: ScrollText,
    page: lazy(() =>
      withAdminTexts(import("./audit/AuditPage")).then((module) => ({ default: module.AuditPage })),
    ),
    may: isAdmin,
  },
  {
    id: "bulk",
    icon: SquareStack,
    page: lazy(() => import("./bulk/BulkPage").then((module) => ({ default: module.BulkPage }))),
    may: isAnybody,
  },
  {
    id: "keys",
    icon: KeyRound,
    page: lazy(() => import("./keys/KeysPage").then((module) => ({ default: module.KeysPage }))),
    may: isAdmin,
  },
  {
    id: "billing",
    icon: ReceiptText,
    page: lazy(() => import("./billing/BillingPage").then((module) => ({ default: module.BillingPage }))),
    may: isAdmin,
    whileSuspended: true,
  },
  {
    id: "settings",
    icon: Settings2,
    page: lazy(() => import("./settings/SettingsPage").then((module) => ({ default: module.SettingsPage }))),
    may: isAdmin,
    whileSuspended: true,
  },
];

export { home } from "./home";

/** Service users see only what is theirs; of a suspended provider only administrators see anything. */
export function sectionsFor(provider: ProfileProvider): Section[] {
  return sections.filter(
    (section) =>
      section.may(provider) && (provider.enabled || (isAdmin(provider) && section.whileSuspended === true)),
  );
}

/** Whether somebody may enter the portal at all. */
export function mayEnter(provider: ProfileProvider): boolean {
  return provider.status === 2 && (provider.enabled || isAdmin(provider));
}
