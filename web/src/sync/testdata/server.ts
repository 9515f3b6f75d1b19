import type { KeyRotation } from "@/api/accounts";
import type { RegisterFinish } from "@/api/identity";
import type { CipherRecord, CollectionRecord, EncryptedCipher, EncText, FolderRecord } from "@/api/wire";
import type { SendRecord } from "@/crypto/model/sends";

/**
 * A server in memory, as much of it as the core talks to: the outer edge of these tests. It holds ciphertext
 * only, like the real one, and remembers every request.
 */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

interface UserRow {
  readonly id: string;
  email: string;
  account: RegisterFinish;
  stamp: string;
}

type Handler = (call: Call, ...ids: string[]) => Response | Promise<Response>;

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
const none = () => new Response(null, { status: 200 });
/** For what is done for its effect. */
const done = (_: unknown) => none();
const list = (data: unknown) => json({ object: "list", data, continuationToken: null });
export const refusal = (status: number, message: string) => json({ object: "error", message }, status);

const rememberToken = "remembered";

let counter = 0;
const uuid = () => `00000000-0000-4000-8000-${String(++counter).padStart(12, "0")}`;

export class FakeServer {
  readonly calls: Call[] = [];
  readonly users: UserRow[] = [];
  readonly ciphers = new Map<string, CipherRecord>();
  readonly folders = new Map<string, FolderRecord>();
  readonly sends = new Map<string, SendRecord>();
  readonly collections = new Map<string, CollectionRecord>();
  /** What the profile lists, by kind. */
  organizations: { id: string; name: string; key: EncText; resetPasswordEnrolled?: boolean }[] = [];
  providers: { id: string; name: string; key: EncText }[] = [];
  clients: { id: string; name: string; key: EncText; providerId: string }[] = [];
  confirmed: unknown = null;
  /** The code that a second step takes; null without two-step login. */
  secondStep: string | null = null;
  rotationData: Record<string, unknown> = { object: "keyRotationData", passkeyKeyData: [] };
  revision = 1;
  /** Tokens that are still good; empty it to end all sessions. */
  readonly tokens = new Set<string>();
  readonly refreshTokens = new Set<string>();
  /** Answers instead of the usual handler, by "METHOD path"; used once. */
  readonly once = new Map<string, () => Response | Promise<Response>>();
  #now = Date.parse("2026-05-01T00:00:00Z");

  date(): string {
    this.#now += 2000;
    return new Date(this.#now).toISOString();
  }

  fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const call: Call = {
      method: init.method ?? "GET",
      path: url.pathname,
      body: this.#body(init),
      headers: new Headers(init.headers),
    };
    this.calls.push(call);
    init.signal?.throwIfAborted();
    const special = this.once.get(`${call.method} ${call.path}`);
    if (special) {
      this.once.delete(`${call.method} ${call.path}`);
      return special();
    }
    const token = call.headers.get("authorization")?.slice("Bearer ".length);
    if (token !== undefined && !this.tokens.has(token)) return new Response(null, { status: 401 });
    for (const [pattern, handler] of this.routes) {
      const [method, path] = pattern.split(" ");
      const ids = new RegExp(`^${path?.replaceAll("*", "([^/]+)")}$`).exec(call.path);
      if (method === call.method && ids) return handler(call, ...ids.slice(1));
    }
    return refusal(404, "Resource not found.");
  };

  #body(init: RequestInit): unknown {
    if (typeof init.body !== "string") return null;
    const type = new Headers(init.headers).get("content-type") ?? "";
    return type.includes("json") ? JSON.parse(init.body) : Object.fromEntries(new URLSearchParams(init.body));
  }

  #user(): UserRow {
    const user = this.users[0];
    if (!user) throw new Error("nobody is registered");
    return user;
  }

  issueTokens(expiresIn = 3600) {
    const claims = btoa(JSON.stringify({ sub: this.#user().id }));
    const access_token = `h.${claims}.${++counter}`;
    const refresh_token = `r${counter}`;
    this.tokens.add(access_token);
    this.refreshTokens.add(refresh_token);
    return { access_token, refresh_token, expires_in: expiresIn, token_type: "Bearer" };
  }

  #keys() {
    const { account } = this.#user();
    const { publicKey, encryptedPrivateKey } = account.userAsymmetricKeys;
    return {
      publicKeyEncryptionKeyPair: {
        publicKey,
        wrappedPrivateKey: encryptedPrivateKey,
        signedPublicKey: null,
      },
      signatureKeyPair: null,
      securityState: null,
    };
  }

  #secondStep({ twoFactorProvider, twoFactorToken }: Record<string, string>): Response | null {
    if (this.secondStep === null) return null;
    const remembered = twoFactorProvider === "5" && twoFactorToken === rememberToken;
    if (remembered || (twoFactorProvider === "0" && twoFactorToken === this.secondStep)) return null;
    if (twoFactorProvider === "0") {
      const ErrorModel = { Message: "Two-step token is invalid. Try again.", Object: "error" };
      const error_description = "invalid_username_or_password";
      return json({ error: "invalid_grant", error_description, ErrorModel }, 400);
    }
    const offered = { TwoFactorProviders: ["0"], TwoFactorProviders2: { 0: null } };
    return json({ error: "invalid_grant", error_description: "Two factor required.", ...offered }, 400);
  }

  #token(form: Record<string, string>): Response {
    if (form.grant_type === "refresh_token") {
      if (!this.refreshTokens.has(form.refresh_token ?? "")) return json({ error: "invalid_grant" }, 400);
      return json(this.issueTokens());
    }
    const user = this.#user();
    const { masterPasswordAuthentication: auth, masterPasswordUnlock: unlock } = user.account;
    if (form.username !== user.email || form.password !== auth.masterPasswordAuthenticationHash) {
      const ErrorModel = { Message: "Username or password is incorrect. Try again.", Object: "error" };
      const error_description = "invalid_username_or_password";
      return json({ error: "invalid_grant", error_description, ErrorModel }, 400);
    }
    const refused = this.#secondStep(form);
    if (refused) return refused;
    const { kdfType, iterations, memory, parallelism } = unlock.kdf;
    return json({
      ...this.issueTokens(),
      ...(form.twoFactorRemember === "1" && { TwoFactorToken: rememberToken }),
      AccountKeys: this.#keys(),
      UserDecryptionOptions: {
        HasMasterPassword: true,
        MasterPasswordUnlock: {
          Kdf: { KdfType: kdfType, Iterations: iterations, Memory: memory, Parallelism: parallelism },
          MasterKeyEncryptedUserKey: unlock.masterKeyWrappedUserKey,
          Salt: unlock.salt,
        },
      },
    });
  }

  #sync() {
    const { id, email, stamp, account } = this.#user();
    const { kdf, salt, masterKeyWrappedUserKey } = account.masterPasswordUnlock;
    const own = [...this.ciphers.values()].filter(
      ({ organizationId }) => !this.clients.some((client) => client.id === organizationId),
    );
    return {
      profile: {
        id,
        email,
        securityStamp: stamp,
        accountKeys: this.#keys(),
        organizations: this.organizations,
        providers: this.providers,
        providerOrganizations: this.clients,
      },
      folders: [...this.folders.values()],
      collections: [...this.collections.values()].filter(({ organizationId }) =>
        this.organizations.some((organization) => organization.id === organizationId),
      ),
      ciphers: own,
      sends: [...this.sends.values()],
      domains: null,
      userDecryption: {
        masterPasswordUnlock: { kdf, salt, masterKeyEncryptedUserKey: masterKeyWrappedUserKey },
        userKeyId: null,
      },
    };
  }

  #put(id: string, cipher: EncryptedCipher, part: Partial<CipherRecord> = {}): Response {
    const before = this.ciphers.get(id);
    const known = cipher.lastKnownRevisionDate;
    if (before && known && Math.abs(Date.parse(before.revisionDate) - Date.parse(known)) >= 1000) {
      return refusal(400, "The cipher you are updating is out of date. Please sync and try again.");
    }
    const { attachments2: _, lastKnownRevisionDate: __, ...stored } = cipher;
    const revisionDate = this.date();
    const record: CipherRecord = {
      ...{ collectionIds: [], creationDate: revisionDate, edit: true, viewPassword: true },
      ...before,
      ...stored,
      ...part,
      id,
      revisionDate,
    };
    return this.#answer(record);
  }

  #answer(record: CipherRecord): Response {
    this.ciphers.set(record.id, record);
    this.revision++;
    return json(record);
  }

  change(id: string, part: Partial<CipherRecord>): CipherRecord {
    const record = this.ciphers.get(id);
    if (!record) throw new Error(`no item ${id}`);
    const next = { ...record, ...part, revisionDate: this.date() };
    this.#answer(next);
    return next;
  }

  #each(call: Call, part: Partial<CipherRecord>): CipherRecord[] {
    return (call.body as { ids: string[] }).ids.map((id) => this.change(id, part));
  }

  #remove(call: Call): Response {
    for (const id of (call.body as { ids: string[] }).ids) this.ciphers.delete(id);
    this.revision++;
    return none();
  }

  #folder(id: string, call: Call): Response {
    const record = { id, name: (call.body as { name: EncText }).name, revisionDate: this.date() };
    this.folders.set(id, record);
    return json(record);
  }

  #rotate(rotation: KeyRotation): Response {
    const user = this.#user();
    const { masterPasswordAuthentication: auth, masterPasswordUnlock, userAsymmetricKeys } = user.account;
    if (rotation.oldMasterKeyAuthenticationHash !== auth.masterPasswordAuthenticationHash) {
      return refusal(400, "User verification failed.");
    }
    const masterKeyWrappedUserKey =
      rotation.accountUnlockData.masterPasswordUnlockData.masterKeyEncryptedUserKey;
    const encryptedPrivateKey = rotation.accountKeys.userKeyEncryptedAccountPrivateKey;
    user.account = {
      ...user.account,
      masterPasswordUnlock: { ...masterPasswordUnlock, masterKeyWrappedUserKey },
      userAsymmetricKeys: { ...userAsymmetricKeys, encryptedPrivateKey },
    };
    for (const cipher of rotation.accountData.ciphers) this.#put(cipher.id, cipher);
    for (const { id, name } of rotation.accountData.folders) {
      this.folders.set(id, { id, name, revisionDate: this.date() });
    }
    user.stamp = "s2";
    this.tokens.clear();
    this.refreshTokens.clear();
    return none();
  }

  #collection(id: string, organizationId: string, call: Call): Response {
    const record = { id, organizationId, name: (call.body as { name: EncText }).name };
    this.collections.set(id, record);
    return json({ ...record, users: [], groups: [] });
  }

  readonly routes: [string, Handler][] = [
    ["GET /api/config", () => json({ version: "2026.8.0", featureStates: {} })],
    [
      "POST /identity/accounts/prelogin/password",
      () => {
        const { kdf, salt } = this.#user().account.masterPasswordUnlock;
        return json({ kdfSettings: kdf, salt });
      },
    ],
    [
      "POST /identity/accounts/register/finish",
      ({ body }) => {
        const account = body as RegisterFinish;
        this.users.push({ id: uuid(), email: account.email, account, stamp: "s1" });
        return json({ object: "registerFinish" });
      },
    ],
    ["POST /identity/connect/token", ({ body }) => this.#token(body as Record<string, string>)],
    ["POST /api/accounts/key-management/user-key-id", none],
    ["PUT /api/accounts/profile", () => json({})],
    [
      "POST /api/accounts/password",
      ({ body }) => {
        const user = this.#user();
        const { authenticationData, unlockData } = body as {
          authenticationData: RegisterFinish["masterPasswordAuthentication"];
          unlockData: RegisterFinish["masterPasswordUnlock"];
        };
        user.account = {
          ...user.account,
          masterPasswordAuthentication: authenticationData,
          masterPasswordUnlock: unlockData,
        };
        user.stamp = "s2";
        this.tokens.clear();
        this.refreshTokens.clear();
        return none();
      },
    ],
    ["GET /api/accounts/key-management/key-rotation-data", () => json(this.rotationData)],
    [
      "POST /api/accounts/key-management/rotate-user-account-keys",
      ({ body }) => this.#rotate(body as KeyRotation),
    ],
    [
      "POST /api/accounts/email",
      ({ body }) => {
        const user = this.#user();
        const change = body as { newEmail: string; newMasterPasswordHash: string; key: EncText };
        const { masterPasswordAuthentication: auth, masterPasswordUnlock: unlock } = user.account;
        const salt = change.newEmail;
        user.email = salt;
        user.account = {
          ...user.account,
          masterPasswordAuthentication: {
            ...auth,
            salt,
            masterPasswordAuthenticationHash: change.newMasterPasswordHash,
          },
          masterPasswordUnlock: { ...unlock, salt, masterKeyWrappedUserKey: change.key },
        };
        this.tokens.clear();
        return none();
      },
    ],
    ["GET /api/accounts/revision-date", () => json(this.revision)],
    ["GET /api/sync", () => json(this.#sync())],
    ["POST /api/ciphers", ({ body }) => this.#put(uuid(), body as EncryptedCipher)],
    [
      "POST /api/ciphers/(?:create|admin)",
      ({ body }) => {
        const { cipher, collectionIds } = body as { cipher: EncryptedCipher; collectionIds: string[] };
        return this.#put(uuid(), cipher, { collectionIds });
      },
    ],
    [
      "PUT /api/ciphers/*/share",
      ({ body }, id) => {
        const { cipher, collectionIds } = body as { cipher: EncryptedCipher; collectionIds: string[] };
        return this.#put(id ?? "", cipher, { collectionIds });
      },
    ],
    [
      "PUT /api/ciphers/*/partial",
      ({ body }, id) => json(this.change(id ?? "", body as Partial<CipherRecord>)),
    ],
    [
      "PUT /api/ciphers/*/collections_v2",
      ({ body }, id) => {
        const cipher = this.change(id ?? "", body as Partial<CipherRecord>);
        return json({ unavailable: cipher.collectionIds?.length === 0, cipher });
      },
    ],
    [
      "PUT /api/ciphers/*/collections-admin",
      ({ body }, id) => json(this.change(id ?? "", body as Partial<CipherRecord>)),
    ],
    [
      "PUT /api/ciphers/(?:delete|delete-admin)",
      (call) => done(this.#each(call, { deletedDate: this.date() })),
    ],
    ["PUT /api/ciphers/(?:restore|restore-admin)", (call) => list(this.#each(call, { deletedDate: null }))],
    ["PUT /api/ciphers/archive", (call) => list(this.#each(call, { archivedDate: this.date() }))],
    ["PUT /api/ciphers/unarchive", (call) => list(this.#each(call, { archivedDate: null }))],
    [
      "PUT /api/ciphers/move",
      (call) => done(this.#each(call, { folderId: (call.body as { folderId: string }).folderId })),
    ],
    ["PUT /api/ciphers/*/admin", ({ body }, id) => this.#put(id ?? "", body as EncryptedCipher)],
    ["PUT /api/ciphers/*", ({ body }, id) => this.#put(id ?? "", body as EncryptedCipher)],
    ["DELETE /api/ciphers(?:/admin)?", (call) => this.#remove(call)],
    ["GET /api/ciphers/organization-details", () => list([...this.ciphers.values()])],
    ["POST /api/folders", (call) => this.#folder(uuid(), call)],
    ["PUT /api/folders/*", (call, id) => this.#folder(id ?? "", call)],
    ["DELETE /api/folders/*", (_, id) => done(this.folders.delete(id ?? ""))],
    ["GET /api/organizations/*/collections/details", () => list([...this.collections.values()])],
    ["POST /api/organizations/*/collections", (call, org) => this.#collection(uuid(), org ?? "", call)],
    [
      "PUT /api/organizations/*/collections/*",
      (call, org, id) => this.#collection(id ?? "", org ?? "", call),
    ],
    ["DELETE /api/organizations/*/collections/*", (_, __, id) => done(this.collections.delete(id ?? ""))],
    [
      "POST /api/organizations/*/users/*/confirm",
      ({ body }) => {
        this.confirmed = body;
        return none();
      },
    ],
    [
      "POST /api/providers/*/setup",
      ({ body }, id) => {
        const { name, key } = body as { name: string; key: EncText };
        this.providers = [{ id: id ?? "", name, key }];
        return json({ id, name });
      },
    ],
    [
      "POST /api/providers/*/clients",
      ({ body }, providerId) => {
        const { name, key } = body as { name: string; key: EncText };
        const id = uuid();
        this.clients = [...this.clients, { id, name, key, providerId: providerId ?? "" }];
        return json({ id: uuid(), organizationId: id, organizationName: name, ownerMemberId: uuid() });
      },
    ],
  ];
}
