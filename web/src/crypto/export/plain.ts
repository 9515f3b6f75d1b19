import { typeNumber } from "../acts/cipherType";
import type { OrgId } from "../model/ids";
import type { CipherView, CollectionView, FolderView, LoginView } from "../model/view";

/** Absent texts are written as null, as the official clients do. */
function nulled<Part extends object>(part: Part): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value === "" ? null : value]));
}

function loginOf({ uris, username, password, totp, passkeys }: LoginView) {
  return {
    uris: uris.map(({ uri, match }) => ({ uri, match })),
    ...nulled({ username, password, totp }),
    fido2Credentials: passkeys.map(nulled),
  };
}

function contentOf(view: CipherView): Record<string, unknown> {
  switch (view.type) {
    case "login":
      return { login: loginOf(view.login) };
    case "secureNote":
      return { secureNote: { type: 0 } };
    case "card":
      return { card: nulled(view.card) };
    case "identity":
      return { identity: nulled(view.identity) };
    case "sshKey":
      return { sshKey: nulled(view.sshKey) };
    case "bankAccount":
      return { bankAccount: nulled(view.bankAccount) };
    case "driversLicense":
      return { driversLicense: nulled(view.driversLicense) };
    case "passport":
      return { passport: nulled(view.passport) };
  }
}

type Owner = { readonly organizationId: OrgId | null; readonly collectionIds: readonly string[] | null };
const nobody: Owner = { organizationId: null, collectionIds: null };

function itemOf(view: CipherView, { organizationId, collectionIds }: Owner = nobody) {
  const { id, folderId, reprompt, favorite, creationDate, revisionDate, archivedDate } = view;
  return {
    ...{ passwordHistory: view.passwordHistory, revisionDate, creationDate, deletedDate: null, archivedDate },
    ...{
      id,
      organizationId,
      folderId: organizationId ? null : folderId,
      type: typeNumber(view.type),
      reprompt,
    },
    ...nulled({ name: view.name, notes: view.notes }),
    favorite,
    fields: view.fields.map(({ name, value, type, linkedId }) => ({
      ...nulled({ name, value }),
      type,
      linkedId,
    })),
    ...contentOf(view),
    collectionIds,
  };
}

/** The readable JSON file of a personal vault: own items only, nothing from the trash. */
export function plainJson(views: readonly CipherView[], folders: readonly FolderView[]): string {
  const own = views.filter(({ organizationId, deletedDate }) => organizationId === null && !deletedDate);
  return JSON.stringify(
    {
      encrypted: false,
      folders: folders.map(({ id, name }) => ({ id, name })),
      items: own.map((view) => itemOf(view)),
    },
    null,
    2,
  );
}

/** The readable JSON file of an organization's vault: collections take the place of folders. */
export function organizationJson(
  views: readonly CipherView[],
  collections: readonly Pick<CollectionView, "id" | "organizationId" | "name" | "externalId">[],
): string {
  return JSON.stringify(
    {
      encrypted: false,
      collections: collections.map(({ id, organizationId, name, externalId }) => ({
        ...{ id, organizationId, name, externalId },
      })),
      items: views
        .filter(({ deletedDate }) => !deletedDate)
        .map((view) => itemOf({ ...view, favorite: false }, view)),
    },
    null,
    2,
  );
}
