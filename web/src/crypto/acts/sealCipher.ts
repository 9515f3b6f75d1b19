import { CryptoError } from "../error";
import {
  type CipherRecord,
  type EncryptedCipher,
  type EncryptedContent,
  type EncryptedLogin,
  type EncText,
  passkeyFields,
} from "../model/encrypted";
import type { CipherDraft, FieldView, LoginView, PasskeyView, UriView } from "../model/view";
import { type SymmetricKey, sealText } from "../primitives/symmetric";
import type { SealOptions } from "../proxy";
import { flatFields, typeNumber } from "./cipherType";
import { itemKey, newItemKey } from "./itemKey";
import { uriChecksum } from "./openCipher";

type Seal = (text: string) => Promise<EncText | null>;

/** Absent texts are sent as null, never as an encrypted empty string. */
const sealer =
  (key: SymmetricKey): Seal =>
  async (text) =>
    text === "" ? null : sealText(key, text);

async function sealTexts<Name extends string>(
  seal: Seal,
  names: readonly Name[],
  source: { readonly [K in Name]: string },
): Promise<Record<Name, EncText | null>> {
  const values = await Promise.all(names.map((name) => seal(source[name])));
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, EncText | null>;
}

async function sealUri(seal: Seal, { uri, match }: UriView) {
  const [sealed, checksum] = await Promise.all([seal(uri), uriChecksum(uri).then(seal)]);
  return { uri: sealed, uriChecksum: checksum, match };
}

async function sealPasskey(seal: Seal, passkey: PasskeyView) {
  return { ...(await sealTexts(seal, passkeyFields, passkey)), creationDate: passkey.creationDate };
}

async function sealLogin(seal: Seal, login: LoginView): Promise<EncryptedLogin> {
  const [texts, uris, passkeys] = await Promise.all([
    sealTexts(seal, ["username", "password", "totp"], login),
    Promise.all(login.uris.filter(({ uri }) => uri !== "").map((uri) => sealUri(seal, uri))),
    Promise.all(login.passkeys.map((passkey) => sealPasskey(seal, passkey))),
  ]);
  return {
    ...texts,
    uris: uris.length > 0 ? uris : null,
    fido2Credentials: passkeys.length > 0 ? passkeys : null,
    passwordRevisionDate: login.passwordRevisionDate,
    autofillOnPageLoad: login.autofillOnPageLoad,
  };
}

async function sealContent(seal: Seal, draft: CipherDraft): Promise<Partial<EncryptedContent>> {
  switch (draft.type) {
    case "login":
      return { login: await sealLogin(seal, draft.login) };
    case "secureNote":
      return { secureNote: { type: 0 } };
    case "card":
      return { card: await sealTexts(seal, flatFields.card, draft.card) };
    case "identity":
      return { identity: await sealTexts(seal, flatFields.identity, draft.identity) };
    case "sshKey":
      return { sshKey: await sealTexts(seal, flatFields.sshKey, draft.sshKey) };
    case "bankAccount":
      return { bankAccount: await sealTexts(seal, flatFields.bankAccount, draft.bankAccount) };
    case "driversLicense":
      return { driversLicense: await sealTexts(seal, flatFields.driversLicense, draft.driversLicense) };
    case "passport":
      return { passport: await sealTexts(seal, flatFields.passport, draft.passport) };
  }
}

async function sealField(seal: Seal, field: FieldView) {
  const texts = await sealTexts(seal, ["name", "value"], field);
  return { type: field.type, linkedId: field.linkedId, ...texts };
}

async function keyFor(owner: SymmetricKey, options: SealOptions) {
  const { existing } = options;
  if (existing?.key) return { key: await itemKey(owner, existing.key), wrapped: existing.key };
  return options.itemKey && !existing ? newItemKey(owner) : { key: owner, wrapped: null };
}

/** Attachments are sent along so that the server may check them; their names and keys stay as they are. */
function attachmentsOf(existing: CipherRecord | undefined) {
  return Object.fromEntries(
    (existing?.attachments ?? []).map(({ id, fileName, key }) => [id, { fileName, key: key ?? null }]),
  );
}

/** Seals a new or edited item under its owner's key. `name` must not be empty. */
export async function sealCipher(
  draft: CipherDraft,
  owner: SymmetricKey,
  options: SealOptions = {},
): Promise<EncryptedCipher> {
  if (draft.name === "") throw new CryptoError("unsupported", "An item needs a name.");
  const { key, wrapped } = await keyFor(owner, options);
  const seal = sealer(key);
  const [content, name, notes, fields, passwordHistory] = await Promise.all([
    sealContent(seal, draft),
    sealText(key, draft.name),
    seal(draft.notes),
    Promise.all(draft.fields.map((field) => sealField(seal, field))),
    Promise.all(
      draft.passwordHistory.map(async ({ password, lastUsedDate }) => ({
        password: await sealText(key, password),
        lastUsedDate,
      })),
    ),
  ]);
  const { existing } = options;
  return {
    ...content,
    type: typeNumber(draft.type),
    organizationId: draft.organizationId,
    folderId: draft.folderId,
    favorite: draft.favorite,
    reprompt: draft.reprompt,
    key: wrapped,
    name,
    notes,
    fields: fields.length > 0 ? fields : null,
    passwordHistory: passwordHistory.length > 0 ? passwordHistory : null,
    attachments2: attachmentsOf(existing),
    ...(existing && { lastKnownRevisionDate: existing.revisionDate }),
    ...(existing?.archivedDate && { archivedDate: existing.archivedDate }),
  };
}
