import {
  Download,
  FolderKey,
  Gauge,
  Group,
  LibraryBig,
  type LucideIcon,
  ScrollText,
  Settings2,
  ShieldCheck,
  Upload,
  UsersRound,
} from "lucide-react";
import { type ComponentType, lazy } from "react";
import type { Member, OrganizationSummary } from "@/api";
import type { Rights } from "./rights";

/** All sections in the order in which they are shown. A section without a page is not shown yet. */
export type SectionId =
  | "overview"
  | "items"
  | "collections"
  | "people"
  | "groups"
  | "policies"
  | "events"
  | "settings"
  | "import"
  | "export";

export type Section = {
  readonly id: SectionId;
  readonly icon: LucideIcon;
  /** Loaded when it is opened first. Reads its organization from `useConsole()`, its address from `usePlace()`. */
  readonly page: ComponentType;
  /** Who finds it in the navigation, and may open it. */
  readonly may: (rights: Rights, organization: OrganizationSummary) => boolean;
};

/** Register a page here; its name is the text `console.section.<id>`. */
export const sections: readonly Section[] = [
  {
    id: "overview",
    icon: Gauge,
    page: lazy(() => import("./overview/OverviewPage").then((module) => ({ default: module.OverviewPage }))),
    may: () => true,
  },
  {
    id: "items",
    icon: FolderKey,
    page: lazy(() => import("./items/ItemsPage").then((module) => ({ default: module.ItemsPage }))),
    may: (rights) => rights.can("readAllItems") || rights.can("seeCollections"),
  },
  {
    id: "collections",
    icon: LibraryBig,
    page: lazy(() =>
      import("./collections/CollectionsPage").then((module) => ({ default: module.CollectionsPage })),
    ),
    may: (rights) => rights.can("seeCollectionAccess"),
  },
  {
    id: "people",
    icon: UsersRound,
    page: lazy(() => import("./people/PeoplePage").then((module) => ({ default: module.PeoplePage }))),
    may: (rights) => rights.can("readMembers") || rights.can("recoverAccounts"),
  },
  {
    id: "groups",
    icon: Group,
    page: lazy(() => import("./groups/GroupsPage").then((module) => ({ default: module.GroupsPage }))),
    may: (rights, organization) => organization.useGroups === true && rights.can("manageGroups"),
  },
  {
    id: "policies",
    icon: ShieldCheck,
    page: lazy(() => import("./policies/PoliciesPage").then((module) => ({ default: module.PoliciesPage }))),
    may: (rights, organization) => rights.can("managePolicies") && organization.usePolicies === true,
  },
  {
    id: "events",
    icon: ScrollText,
    page: lazy(() => import("./events/EventsPage").then((module) => ({ default: module.EventsPage }))),
    may: (rights) => rights.can("readEvents"),
  },
  {
    id: "settings",
    icon: Settings2,
    page: lazy(() =>
      import("./settings/SettingsPage").then((module) => ({ default: module.OrganizationSettingsPage })),
    ),
    may: (rights, organization) =>
      rights.can("manageOrganization") ||
      rights.can("purgeItems") ||
      (rights.can("manageDomains") && organization.useOrganizationDomains === true),
  },
  {
    id: "import",
    icon: Upload,
    page: lazy(() => import("./transfer/ImportPage").then((module) => ({ default: module.ImportPage }))),
    may: (rights) => rights.can("importItems"),
  },
  {
    id: "export",
    icon: Download,
    page: lazy(() => import("./transfer/ExportPage").then((module) => ({ default: module.ExportPage }))),
    may: (rights) => rights.can("exportItems"),
  },
];

export function sectionsFor(rights: Rights, organization: OrganizationSummary): Section[] {
  return sections.filter((section) => section.may(rights, organization));
}

export type MemberDialogProps = { readonly member: Member; readonly onClose: () => void };

/** Dialogs about a person that are parts of their own. Register one here; the people's menu offers it when it is there. */
export const memberDialogs: {
  /** Gives an enrolled person a new master password. */
  readonly recovery: ComponentType<MemberDialogProps> | null;
} = {
  recovery: lazy(() =>
    import("./recovery/RecoverDialog").then((module) => ({ default: module.RecoverDialog })),
  ),
};
