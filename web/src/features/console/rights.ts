import type {
  MemberType,
  OrganizationSummary,
  PermissionName,
  Permissions,
  ProfileOrganization,
  ProfileProviderOrganization,
} from "@/api";

/**
 * Who may do what in an organization, as the server decides it (its package access). Here it only decides what
 * is shown: the server asks again, inside of each change.
 */
export const acts = [
  "readMembers",
  "manageMembers",
  "recoverAccounts",
  "readGroups",
  "manageGroups",
  "managePolicies",
  "manageDomains",
  "manageScim",
  "readEvents",
  "readReports",
  "manageOrganization",
  "seeCollections",
  "seeCollectionAccess",
  "createCollections",
  "manageCollections",
  "giveToMembers",
  "giveToGroups",
  "deleteCollections",
  "readAllItems",
  "writeAllItems",
  "importItems",
  "exportItems",
  "purgeItems",
] as const;
export type Act = (typeof acts)[number];

/** A disabled organization can be administered; its vault is closed. */
const closedWhenDisabled: ReadonlySet<Act> = new Set(acts.slice(acts.indexOf("seeCollections")));

/** In the order in which a role is described to people. */
export const permissionNames = [
  "manageUsers",
  "manageResetPassword",
  "manageGroups",
  "createNewCollections",
  "editAnyCollection",
  "deleteAnyCollection",
  "accessImportExport",
  "managePolicies",
  "accessEventLogs",
  "accessReports",
  "manageSso",
  "manageScim",
  "manageAccessRules",
] as const satisfies readonly PermissionName[];

export const roles = { owner: 0, admin: 1, user: 2, custom: 4 } as const satisfies Record<string, MemberType>;

/** How somebody stands to an organization: as a member with a role, or as staff of its provider. */
export type Standing =
  | { readonly by: "membership"; readonly role: MemberType; readonly permissions: Permissions }
  | { readonly by: "provider" };

export type Settings = Pick<
  OrganizationSummary,
  "enabled" | "allowAdminAccessToAllCollectionItems" | "limitCollectionCreation" | "providerItemAccess"
>;

/** What somebody may do in one organization. */
export class Rights {
  readonly standing: Standing;
  readonly #settings: Settings;

  constructor(standing: Standing, settings: Settings) {
    this.standing = standing;
    this.#settings = settings;
  }

  can(act: Act): boolean {
    if (!this.#settings.enabled && closedWhenDisabled.has(act)) {
      return false;
    }
    return this.standing.by === "provider" ? this.#staffCan(act) : this.#memberCan(act, this.standing);
  }

  #staffCan(act: Act): boolean {
    switch (act) {
      case "readAllItems":
      case "writeAllItems":
      case "importItems":
        return this.#settings.providerItemAccess ?? true;
      case "exportItems":
      case "purgeItems":
        return false;
      default:
        return true;
    }
  }

  #memberCan(act: Act, { role, permissions }: Extract<Standing, { by: "membership" }>): boolean {
    const owner = role === roles.owner;
    const admin = owner || role === roles.admin;
    const open = this.#settings.allowAdminAccessToAllCollectionItems ?? true;
    const all = admin && open;
    const has = (...names: PermissionName[]) =>
      role === roles.custom && names.some((name) => permissions[name] === true);
    const mayCreate = !this.#settings.limitCollectionCreation;
    switch (act) {
      case "readMembers":
      case "manageMembers":
        return admin || has("manageUsers");
      case "recoverAccounts":
        return admin || has("manageResetPassword");
      case "readGroups":
        return (
          admin || mayCreate || has("createNewCollections", "manageUsers", "manageGroups", "accessReports")
        );
      case "manageGroups":
        return admin || has("manageGroups");
      case "managePolicies":
        return admin || has("managePolicies");
      case "manageDomains":
        return admin || has("manageSso");
      case "manageScim":
        return admin || has("manageScim");
      case "readEvents":
        return admin || has("accessEventLogs");
      case "readReports":
        return admin || has("accessReports");
      case "manageOrganization":
        return owner;
      case "seeCollections":
        return (
          admin ||
          has("editAnyCollection", "deleteAnyCollection", "accessImportExport", "manageUsers", "manageGroups")
        );
      case "seeCollectionAccess":
        return admin || has("editAnyCollection", "deleteAnyCollection", "manageUsers", "manageGroups");
      case "createCollections":
        return admin || mayCreate || has("createNewCollections");
      case "manageCollections":
      case "writeAllItems":
        return all || has("editAnyCollection");
      case "giveToMembers":
        return all || has("editAnyCollection") || (open && has("manageUsers"));
      case "giveToGroups":
        return all || has("editAnyCollection") || (open && has("manageGroups"));
      case "deleteCollections":
        return all || has("deleteAnyCollection");
      case "readAllItems":
        return all || has("editAnyCollection", "accessImportExport", "accessReports");
      case "importItems":
        return admin || has("accessImportExport");
      case "exportItems":
        return all || has("accessImportExport");
      case "purgeItems":
        return owner || all || has("editAnyCollection");
    }
  }

  /** Owners and staff stand above all, admins above all but owners, everybody else above users. */
  outranks(role: MemberType): boolean {
    const { standing } = this;
    if (standing.by === "provider" || standing.role === roles.owner) {
      return true;
    }
    return standing.role === roles.admin
      ? role !== roles.owner
      : role === roles.user || role === roles.custom;
  }

  /** Invite, confirm, change, revoke, remove: nobody gives, or takes, more than they have. */
  mayHandle(role: MemberType): boolean {
    return this.can("manageMembers") && this.outranks(role);
  }

  /** A custom member passes on only what it has itself. */
  mayGrant(name: PermissionName): boolean {
    const { standing } = this;
    return (
      this.can("manageMembers") &&
      (standing.by === "provider" || standing.role !== roles.custom || standing.permissions[name] === true)
    );
  }

  mayRecover(role: MemberType): boolean {
    return this.can("recoverAccounts") && this.outranks(role);
  }
}

export function memberRights(organization: ProfileOrganization): Rights {
  const { type, permissions } = organization;
  return new Rights({ by: "membership", role: type, permissions: permissions ?? {} }, organization);
}

export function staffRights(client: ProfileProviderOrganization): Rights {
  return new Rights({ by: "provider" }, client);
}

/** Creating collections, and reading the names of groups for that, is no administration: everybody may. */
const administrative = acts.filter((act) => act !== "createCollections" && act !== "readGroups");

/** Whether there is anything for the member in the Admin Console. */
export function mayAdminister(organization: ProfileOrganization): boolean {
  const rights = memberRights(organization);
  if (!organization.enabled) {
    return rights.can("manageOrganization");
  }
  return organization.status === 2 && administrative.some((act) => rights.can(act));
}
