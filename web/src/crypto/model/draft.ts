import {
  bankAccountFields,
  cardFields,
  driversLicenseFields,
  identityFields,
  passportFields,
  sshKeyFields,
} from "./encrypted";
import type { CipherContent, CipherDraft, CipherTypeName, CipherView } from "./view";

function blank<Name extends string>(names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, ""])) as Record<Name, string>;
}

function blankContent(type: CipherTypeName): CipherContent {
  switch (type) {
    case "login":
      return {
        type,
        login: {
          username: "",
          password: "",
          totp: "",
          uris: [],
          passwordRevisionDate: null,
          autofillOnPageLoad: null,
          passkeys: [],
        },
      };
    case "secureNote":
      return { type };
    case "card":
      return { type, card: blank(cardFields) };
    case "identity":
      return { type, identity: blank(identityFields) };
    case "sshKey":
      return { type, sshKey: blank(sshKeyFields) };
    case "bankAccount":
      return { type, bankAccount: blank(bankAccountFields) };
    case "driversLicense":
      return { type, driversLicense: blank(driversLicenseFields) };
    case "passport":
      return { type, passport: blank(passportFields) };
  }
}

/** An empty form. */
export function newDraft(type: CipherTypeName): CipherDraft {
  return {
    ...blankContent(type),
    name: "",
    notes: "",
    organizationId: null,
    folderId: null,
    collectionIds: [],
    favorite: false,
    reprompt: 0,
    fields: [],
    passwordHistory: [],
  };
}

/** A new item with the content of another. Passkeys and history belong to the original. */
export function cloneDraft(view: CipherView, name: string): CipherDraft {
  const content: CipherContent =
    view.type === "login" ? { type: "login", login: { ...view.login, passkeys: [] } } : view;
  const { notes, organizationId, folderId, collectionIds, reprompt, fields } = view;
  return {
    ...pick(content),
    name,
    notes,
    organizationId,
    folderId,
    collectionIds,
    reprompt,
    fields,
    favorite: false,
    passwordHistory: [],
  };
}

/** The content alone: an opened item has ids, dates and rights beside it. */
function pick(content: CipherContent): CipherContent {
  const { type } = content;
  if (type === "secureNote") return { type };
  return { type, [type]: (content as Record<string, unknown>)[type] } as CipherContent;
}
