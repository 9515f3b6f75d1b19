import { newDraft } from "../model/draft";
import type { CipherRecord, EncryptedCipher } from "../model/encrypted";
import type { CipherDraft, CipherTypeName } from "../model/view";

const texts = <Part extends object>(part: Part, mark: string): Part =>
  Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, value === "" ? `${mark} ${name}` : value]),
  ) as Part;

const types: readonly CipherTypeName[] = [
  "login",
  "secureNote",
  "card",
  "identity",
  "sshKey",
  "bankAccount",
  "driversLicense",
  "passport",
];

const passkey = {
  credentialId: "0f1e2d3c-0000-4000-8000-000000000000",
  keyType: "public-key",
  keyAlgorithm: "ECDSA",
  keyCurve: "P-256",
  keyValue: "AAAA",
  rpId: "example.test",
  rpName: "Example",
  userHandle: "AAAA",
  userName: "ann",
  userDisplayName: "Ann",
  counter: "0",
  discoverable: "true",
  creationDate: "2026-01-01T00:00:00.000Z",
};

function filled(type: CipherTypeName): CipherDraft {
  const draft = newDraft(type);
  const common = {
    name: `My ${type}`,
    notes: "Two\nlines",
    favorite: true,
    fields: [
      { type: 0, name: "Text", value: "visible", linkedId: null },
      { type: 1, name: "PIN", value: "1234", linkedId: null },
      { type: 3, name: "Link", value: "", linkedId: 100 },
    ],
    passwordHistory: [{ password: "old", lastUsedDate: "2026-01-01T00:00:00.000Z" }],
  } as const;
  if (draft.type === "login") {
    const login = {
      ...texts(draft.login, "login"),
      totp: "JBSWY3DPEHPK3PXP",
      uris: [
        { uri: "https://example.test/login", match: null },
        { uri: "https://host.example.test", match: 1 as const },
      ],
      passwordRevisionDate: "2026-01-01T00:00:00.000Z",
      autofillOnPageLoad: true,
      passkeys: [passkey],
    };
    return { ...draft, ...common, login };
  }
  if (draft.type === "secureNote") return { ...draft, ...common };
  const part = (draft as unknown as Record<string, object>)[type] ?? {};
  return { ...draft, ...common, [type]: texts(part, type) } as CipherDraft;
}

/** One filled draft of each type. */
export const drafts: readonly CipherDraft[] = types.map(filled);

/** What a server would answer to a request. */
export function stored(cipher: EncryptedCipher, id = "11111111-1111-4111-8111-111111111111"): CipherRecord {
  const { attachments2: _, lastKnownRevisionDate: __, ...kept } = cipher;
  return {
    ...kept,
    id,
    collectionIds: [],
    edit: true,
    viewPassword: true,
    permissions: { delete: true, restore: true },
    creationDate: "2026-02-01T00:00:00.000Z",
    revisionDate: "2026-02-02T00:00:00.000Z",
    deletedDate: null,
    archivedDate: null,
  };
}
