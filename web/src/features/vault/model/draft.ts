import { newDraft } from "@/crypto";
import type { CipherDraft, CipherTypeName } from "@/crypto/model/view";
import type { VaultView } from "./filter";

type Place = Pick<CipherDraft, "organizationId" | "folderId" | "collectionIds" | "favorite">;

const nowhere: Place = { organizationId: null, folderId: null, collectionIds: [], favorite: false };

/** A new item lands where the person is looking. */
export function placeOf(view: VaultView): Place {
  if (view.kind === "folder") {
    return { ...nowhere, folderId: view.id };
  }
  return view.kind === "favorites" ? { ...nowhere, favorite: true } : nowhere;
}

/** An empty form for a place; a login begins with one line for an address. */
export function emptyDraft(type: CipherTypeName, place: Partial<Place> = {}): CipherDraft {
  const draft: CipherDraft = { ...newDraft(type), ...place };
  return draft.type === "login"
    ? { ...draft, login: { ...draft.login, uris: [{ uri: "", match: null }] } }
    : draft;
}

/** Drops what was added to the form and never filled in. */
export function tidied(draft: CipherDraft): CipherDraft {
  const tidy: CipherDraft = {
    ...draft,
    name: draft.name.trim(),
    fields: draft.fields.filter(
      (field) => field.name !== "" || field.value !== "" || field.linkedId !== null,
    ),
  };
  return tidy.type === "login"
    ? { ...tidy, login: { ...tidy.login, uris: tidy.login.uris.filter((uri) => uri.uri.trim() !== "") } }
    : tidy;
}
