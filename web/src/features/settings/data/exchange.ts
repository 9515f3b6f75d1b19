import { newDraft } from "@/crypto";
import type { FieldType, UriMatch } from "@/crypto/model/encrypted";
import type { CipherDraft, CipherTypeName, CipherView, FolderView } from "@/crypto/model/view";
import type { ProtectedExport } from "@/crypto/proxy";

/** The unencrypted JSON file that Bitwarden-compatible products exchange. */
type Json = Record<string, unknown>;

const typeNames: readonly CipherTypeName[] = [
  "login",
  "secureNote",
  "card",
  "identity",
  "sshKey",
  "bankAccount",
  "driversLicense",
  "passport",
];
const orNull = (text: string) => (text === "" ? null : text);
const nulled = (texts: object) =>
  Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, typeof value === "string" ? orNull(value) : value]),
  );

export function toExport(items: readonly CipherView[], folders: readonly FolderView[]): string {
  const file = {
    encrypted: false,
    folders: folders.map(({ id, name }) => ({ id, name })),
    items: items.filter((item) => item.organizationId === null && item.deletedDate === null).map(exported),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function exported(item: CipherView): Json {
  return {
    id: item.id,
    organizationId: null,
    folderId: item.folderId,
    collectionIds: null,
    type: typeNames.indexOf(item.type) + 1,
    name: item.name,
    notes: orNull(item.notes),
    favorite: item.favorite,
    reprompt: item.reprompt,
    creationDate: item.creationDate,
    revisionDate: item.revisionDate,
    deletedDate: null,
    archivedDate: item.archivedDate,
    fields: item.fields.map(({ type, name, value, linkedId }) => ({
      type,
      name,
      value: orNull(value),
      linkedId,
    })),
    passwordHistory: item.passwordHistory,
    ...contentOf(item),
  };
}

function contentOf(item: CipherView): Json {
  switch (item.type) {
    case "login": {
      const { uris, passkeys, username, password, totp } = item.login;
      return { login: { ...nulled({ username, password, totp }), uris, fido2Credentials: passkeys } };
    }
    case "secureNote":
      return { secureNote: { type: 0 } };
    default:
      return { [item.type]: nulled((item as unknown as Record<string, object>)[item.type] ?? {}) };
  }
}

type Place = { readonly id: string; readonly name: string };

export type ImportedItem = {
  readonly draft: CipherDraft;
  readonly folder: string | null;
  readonly collections: readonly string[];
};

export type ImportedFile = {
  readonly folders: readonly Place[];
  /** Of the export of an organization, which has no folders. */
  readonly collections: readonly Place[];
  readonly items: readonly ImportedItem[];
  /** Items of a type that is not known here. */
  readonly skipped: number;
};

export class NotAnExport extends Error {}
/** The file is right but encrypted for one account, and must be exported again in another form. */
export class EncryptedExport extends Error {}
/** The file is right and opens with the password that it was written with. */
export class ProtectedExportFile extends Error {
  readonly file: ProtectedExport;

  constructor(file: ProtectedExport) {
    super();
    this.file = file;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown) =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

export function fromExport(content: string): ImportedFile {
  let file: unknown;
  try {
    file = JSON.parse(content);
  } catch {
    throw new NotAnExport();
  }
  if (!isObject(file) || (file.encrypted !== true && !Array.isArray(file.items))) {
    throw new NotAnExport();
  }
  if (file.encrypted === true) {
    throw file.passwordProtected === true
      ? new ProtectedExportFile(file as unknown as ProtectedExport)
      : new EncryptedExport();
  }
  const found = list(file.items).map(imported);
  const items = found.filter((item) => item !== null);
  const places = (value: unknown) => list(value).map(({ id, name }) => ({ id: text(id), name: text(name) }));
  return {
    folders: places(file.folders),
    collections: places(file.collections),
    items,
    skipped: found.length - items.length,
  };
}

function imported(item: Json): ImportedItem | null {
  const type = typeNames[Number(item.type) - 1];
  if (!type) {
    return null;
  }
  const blank = newDraft(type);
  const draft = {
    ...blank,
    ...draftContent(blank, item),
    name: text(item.name) || "–",
    notes: text(item.notes),
    favorite: item.favorite === true,
    reprompt: item.reprompt === 1 ? 1 : 0,
    fields: list(item.fields).map((field) => ({
      type: ([0, 1, 2, 3].includes(Number(field.type)) ? Number(field.type) : 0) as FieldType,
      name: text(field.name),
      value: text(field.value),
      linkedId: typeof field.linkedId === "number" ? field.linkedId : null,
    })),
    passwordHistory: list(item.passwordHistory).map((entry) => ({
      password: text(entry.password),
      lastUsedDate: text(entry.lastUsedDate),
    })),
  } as CipherDraft;
  const collections = Array.isArray(item.collectionIds) ? item.collectionIds.map(text).filter(Boolean) : [];
  return { draft, folder: text(item.folderId) || null, collections };
}

function draftContent(blank: CipherDraft, item: Json): Json {
  const given = isObject(item[blank.type]) ? (item[blank.type] as Json) : {};
  if (blank.type === "secureNote") {
    return {};
  }
  if (blank.type === "login") {
    return {
      login: {
        ...blank.login,
        username: text(given.username),
        password: text(given.password),
        totp: text(given.totp),
        uris: list(given.uris).map((uri) => ({
          uri: text(uri.uri),
          match:
            typeof uri.match === "number" && uri.match >= 0 && uri.match <= 5
              ? (uri.match as UriMatch)
              : null,
        })),
      },
    };
  }
  const empty = (blank as unknown as Record<string, Record<string, string>>)[blank.type] ?? {};
  return { [blank.type]: Object.fromEntries(Object.keys(empty).map((key) => [key, text(given[key])])) };
}
