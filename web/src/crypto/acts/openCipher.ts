import { CryptoError } from "../error";
import {
  type CipherRecord,
  type EncryptedField,
  type EncryptedLogin,
  type EncryptedPasskey,
  type EncryptedUri,
  type EncText,
  passkeyFields,
} from "../model/encrypted";
import type {
  AttachmentView,
  CipherContent,
  CipherRights,
  CipherView,
  FieldView,
  LoginView,
  PasskeyView,
  PasswordHistoryView,
  UriView,
} from "../model/view";
import { sha256, toBase64, utf8 } from "../primitives/bytes";
import { openText, type SymmetricKey } from "../primitives/symmetric";
import { type FlatType, flatFields, typeName } from "./cipherType";
import { itemKey } from "./itemKey";

type Maybe = EncText | null | undefined;

/** Opens single values of one item and notes which of them could not be opened. */
class Opener {
  readonly broken: string[] = [];
  readonly #key: SymmetricKey;

  constructor(key: SymmetricKey) {
    this.#key = key;
  }

  async text(value: Maybe, path: string): Promise<string> {
    if (!value) return "";
    try {
      return await openText(this.#key, value);
    } catch {
      this.broken.push(path);
      return "";
    }
  }

  async texts<Name extends string>(
    names: readonly Name[],
    source: { readonly [K in Name]?: Maybe } | null | undefined,
    path: string,
  ): Promise<Record<Name, string>> {
    const values = await Promise.all(names.map((name) => this.text(source?.[name], `${path}.${name}`)));
    return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, string>;
  }
}

export const uriChecksum = async (uri: string): Promise<string> => toBase64(await sha256(utf8(uri)));

/**
 * With a key of its own, an item is only as trustworthy as its checksums: a URI whose checksum is missing or
 * wrong may have been swapped in by the server and is dropped, as in the official clients.
 */
async function openUri(open: Opener, entry: EncryptedUri, checked: boolean, path: string) {
  const uri = await open.text(entry.uri, path);
  if (checked) {
    const checksum = await open.text(entry.uriChecksum, `${path}.checksum`);
    if (checksum !== (await uriChecksum(uri))) return null;
  }
  return { uri, match: entry.match ?? null };
}

export async function openUris(
  open: Opener,
  login: EncryptedLogin | null | undefined,
  checked: boolean,
): Promise<UriView[]> {
  const uris = await Promise.all(
    (login?.uris ?? []).map((entry, i) => openUri(open, entry, checked, `login.uris.${i}`)),
  );
  return uris.filter((uri) => uri !== null);
}

async function openPasskey(open: Opener, entry: EncryptedPasskey, path: string): Promise<PasskeyView> {
  return { ...(await open.texts(passkeyFields, entry, path)), creationDate: entry.creationDate };
}

async function openLogin(open: Opener, cipher: CipherRecord): Promise<LoginView> {
  const { login } = cipher;
  const [texts, uris, passkeys] = await Promise.all([
    open.texts(["username", "password", "totp"], login, "login"),
    openUris(open, login, Boolean(cipher.key)),
    Promise.all(
      (login?.fido2Credentials ?? []).map((entry, i) => openPasskey(open, entry, `login.passkeys.${i}`)),
    ),
  ]);
  return {
    ...texts,
    uris,
    passkeys,
    passwordRevisionDate: login?.passwordRevisionDate ?? null,
    autofillOnPageLoad: login?.autofillOnPageLoad ?? null,
  };
}

async function openContent(open: Opener, cipher: CipherRecord): Promise<CipherContent> {
  const type = typeName(cipher.type);
  if (type === null) {
    throw new CryptoError(
      "unsupported",
      "This item is of a type that this version of Kastellan does not know.",
    );
  }
  if (type === "login") return { type, login: await openLogin(open, cipher) };
  if (type === "secureNote") return { type };
  const texts = await open.texts<string>(flatFields[type satisfies FlatType], cipher[type], type);
  return { type, [type]: texts } as CipherContent;
}

async function openField(open: Opener, field: EncryptedField, path: string): Promise<FieldView> {
  const { name, value } = await open.texts(["name", "value"], field, path);
  return { type: field.type, name, value, linkedId: field.linkedId ?? null };
}

async function openHistory(open: Opener, cipher: CipherRecord): Promise<PasswordHistoryView[]> {
  return Promise.all(
    (cipher.passwordHistory ?? []).map(async ({ password, lastUsedDate }, i) => ({
      password: await open.text(password, `passwordHistory.${i}`),
      lastUsedDate,
    })),
  );
}

async function openAttachments(open: Opener, cipher: CipherRecord): Promise<AttachmentView[]> {
  return Promise.all(
    (cipher.attachments ?? []).map(async ({ id, fileName, size, key }) => ({
      id,
      fileName: await open.text(fileName, `attachments.${id}`),
      size: Number(size),
      old: !key,
    })),
  );
}

/** Rights as answered; an answer without them (admin routes) comes from somebody who may do everything. */
export function rightsOf(cipher: CipherRecord): CipherRights {
  const edit = cipher.edit ?? true;
  return {
    edit,
    viewPassword: cipher.viewPassword ?? true,
    canDelete: cipher.permissions?.delete ?? edit,
    canRestore: cipher.permissions?.restore ?? edit,
  };
}

/** What is not encrypted, with its absent members filled in. */
export function plainParts(cipher: CipherRecord) {
  return {
    id: cipher.id,
    organizationId: cipher.organizationId ?? null,
    folderId: cipher.folderId ?? null,
    collectionIds: cipher.collectionIds ?? [],
    favorite: cipher.favorite ?? false,
    reprompt: cipher.reprompt ?? 0,
    creationDate: cipher.creationDate,
    revisionDate: cipher.revisionDate,
    deletedDate: cipher.deletedDate ?? null,
    archivedDate: cipher.archivedDate ?? null,
    ...rightsOf(cipher),
  } as const;
}

/** Items of version 2 accounts are one sealed blob; their `name` is a dummy. */
export function isBlob(cipher: CipherRecord): boolean {
  return typeof cipher.data === "string" && /"format_version"\s*:/.test(cipher.data);
}

/** Opens a whole item. Rejects when its key cannot be opened; single broken fields are listed in `broken`. */
export async function openCipher(cipher: CipherRecord, owner: SymmetricKey): Promise<CipherView> {
  if (isBlob(cipher)) {
    throw new CryptoError("unsupported", "This item was written by a newer client (version 2).");
  }
  const open = new Opener(await itemKey(owner, cipher.key));
  const [content, texts, fields, passwordHistory, attachments] = await Promise.all([
    openContent(open, cipher),
    Promise.all([open.text(cipher.name, "name"), open.text(cipher.notes, "notes")]),
    Promise.all((cipher.fields ?? []).map((field, i) => openField(open, field, `fields.${i}`))),
    openHistory(open, cipher),
    openAttachments(open, cipher),
  ]);
  const [name, notes] = texts;
  return {
    ...plainParts(cipher),
    ...content,
    name,
    notes,
    fields,
    passwordHistory,
    attachments,
    broken: open.broken,
  };
}

export { Opener };
