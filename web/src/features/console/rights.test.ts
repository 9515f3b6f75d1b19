import { describe, expect, it } from "vitest";
import type { PermissionName, ProfileOrganization } from "@/api";
import { type Act, acts, mayAdminister, permissionNames, Rights, roles, type Settings } from "./rights";

const usual: Settings = {
  enabled: true,
  allowAdminAccessToAllCollectionItems: true,
  limitCollectionCreation: true,
  providerItemAccess: true,
};
const staff = (settings: Partial<Settings> = {}) => new Rights({ by: "provider" }, { ...usual, ...settings });
const member = (role: 0 | 1 | 2 | 4, settings: Partial<Settings> = {}, permissions: PermissionName[] = []) =>
  new Rights(
    { by: "membership", role, permissions: Object.fromEntries(permissions.map((name) => [name, true])) },
    { ...usual, ...settings },
  );
const what = (rights: Rights): Act[] => acts.filter((act) => rights.can(act));
const without = (...missing: Act[]): Act[] => acts.filter((act) => !missing.includes(act));

describe("an organization lets", () => {
  it("its owner do everything", () => {
    expect(what(member(roles.owner))).toEqual([...acts]);
  });

  it("its admin do everything but what only concerns owners", () => {
    expect(what(member(roles.admin))).toEqual(without("manageOrganization"));
  });

  it("its admins keep the overview without the items, when it says so", () => {
    expect(what(member(roles.admin, { allowAdminAccessToAllCollectionItems: false }))).toEqual(
      without(
        "manageOrganization",
        "manageCollections",
        "giveToMembers",
        "giveToGroups",
        "deleteCollections",
        "readAllItems",
        "writeAllItems",
        "exportItems",
        "purgeItems",
      ),
    );
  });

  it("a user administer nothing", () => {
    expect(what(member(roles.user))).toEqual([]);
    expect(what(member(roles.user, { limitCollectionCreation: false }))).toEqual([
      "readGroups",
      "createCollections",
    ]);
  });

  it("a user have none of the permissions that only custom roles have", () => {
    expect(what(member(roles.user, {}, [...permissionNames]))).toEqual([]);
  });

  it.each<[PermissionName, Act[]]>([
    ["accessEventLogs", ["readEvents"]],
    ["accessImportExport", ["seeCollections", "readAllItems", "importItems", "exportItems"]],
    ["accessReports", ["readGroups", "readReports", "readAllItems"]],
    ["createNewCollections", ["readGroups", "createCollections"]],
    [
      "editAnyCollection",
      [
        "seeCollections",
        "seeCollectionAccess",
        "manageCollections",
        "giveToMembers",
        "giveToGroups",
        "readAllItems",
        "writeAllItems",
        "purgeItems",
      ],
    ],
    ["deleteAnyCollection", ["seeCollections", "seeCollectionAccess", "deleteCollections"]],
    ["manageGroups", ["readGroups", "manageGroups", "seeCollections", "seeCollectionAccess", "giveToGroups"]],
    ["managePolicies", ["managePolicies"]],
    ["manageSso", ["manageDomains"]],
    [
      "manageUsers",
      [
        "readMembers",
        "manageMembers",
        "readGroups",
        "seeCollections",
        "seeCollectionAccess",
        "giveToMembers",
      ],
    ],
    ["manageResetPassword", ["recoverAccounts"]],
    ["manageScim", ["manageScim"]],
    ["manageAccessRules", []],
  ])("a custom role with %s do what belongs to it", (name, expected) => {
    expect(what(member(roles.custom, {}, [name]))).toEqual(expected);
  });

  it("its provider do what an owner does, but never export or empty the vault", () => {
    expect(what(staff())).toEqual(without("exportItems", "purgeItems"));
  });

  it("its provider see no items when its owners have switched that off", () => {
    expect(what(staff({ providerItemAccess: false }))).toEqual(
      without("readAllItems", "writeAllItems", "importItems", "exportItems", "purgeItems"),
    );
  });

  it("nobody into its vault while it is disabled", () => {
    const expected = acts.slice(0, acts.indexOf("seeCollections"));
    expect(what(member(roles.owner, { enabled: false }))).toEqual(expected);
    expect(what(staff({ enabled: false }))).toEqual(expected);
  });
});

describe("nobody handles those above", () => {
  const every = [roles.owner, roles.admin, roles.user, roles.custom] as const;
  it.each([
    ["owner", member(roles.owner), [0, 1, 2, 4]],
    ["provider", staff(), [0, 1, 2, 4]],
    ["admin", member(roles.admin), [1, 2, 4]],
    ["custom role for people", member(roles.custom, {}, ["manageUsers"]), [2, 4]],
    ["custom role for something else", member(roles.custom, {}, ["manageGroups"]), []],
    ["user", member(roles.user), []],
  ] as const)("%s", (_, rights, expected) => {
    expect(every.filter((role) => rights.mayHandle(role))).toEqual(expected);
  });

  it("and passes on only what they have", () => {
    const rights = member(roles.custom, {}, ["manageUsers", "manageGroups"]);
    expect(permissionNames.filter((name) => rights.mayGrant(name))).toEqual(["manageUsers", "manageGroups"]);
    expect(permissionNames.filter((name) => member(roles.admin).mayGrant(name))).toEqual(permissionNames);
  });
});

describe("the Admin Console", () => {
  const organization = (over: Partial<ProfileOrganization>) =>
    ({ ...usual, status: 2, type: roles.user, permissions: null, ...over }) as ProfileOrganization;

  it.each<[string, Partial<ProfileOrganization>, boolean]>([
    ["an owner", { type: 0 }, true],
    ["an admin", { type: 1 }, true],
    ["a user", { type: 2 }, false],
    ["a user where everybody may create collections", { type: 2, limitCollectionCreation: false }, false],
    ["a custom role with one permission", { type: 4, permissions: { accessEventLogs: true } }, true],
    ["a custom role with none", { type: 4, permissions: {} }, false],
    ["the owner of a disabled organization", { type: 0, enabled: false }, true],
    ["the admin of a disabled organization", { type: 1, enabled: false }, false],
  ])("is there for %s: %#", (_, over, expected) => {
    expect(mayAdminister(organization(over))).toBe(expected);
  });
});
