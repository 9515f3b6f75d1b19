import { IdentityError } from "@/api/error";
import type { PasswordGrant } from "@/api/identity";
import type { PasswordRules, SyncAnswer, TokenAnswer } from "@/api/wire";
import { CryptoError } from "@/crypto/error";
import type { AccountKeys, KdfConfig, KeyHandle } from "@/crypto/model/keys";
import { defaultKdf, kdfFromWire, normalizeEmail } from "@/crypto/primitives/kdf";
import type { BatchOptions, Enrolment, RecoveryTarget, Rewrap, Rewrapped, Unlocked } from "@/crypto/proxy";
import { accountKeys, sameKeys } from "./accountKeys";
import type { ApprovedLogin, LoginInput, RegisterInput, Session, SessionDependencies } from "./contract";
import { createIdle } from "./idle";
import { rotatedKeys, rotationRequest, underUserKey } from "./rotation";
import type { Account, LockReason, LogoutReason, SessionState, UnlockStep, VaultTimeout } from "./state";
import type { SavedTokens } from "./storage";
import { subjectOf } from "./tokens";

export function createSession(deps: SessionDependencies): Session {
  return new LiveSession(deps);
}

class LiveSession implements Session {
  readonly #deps: SessionDependencies;
  readonly #listeners = new Set<() => void>();
  readonly #idle: ReturnType<typeof createIdle>;
  #state: SessionState;
  #keys: AccountKeys | null = null;
  #securityStamp: string | null = null;
  #nameToSet: { email: string; name: string } | null = null;

  constructor(deps: SessionDependencies) {
    this.#deps = deps;
    this.#idle = createIdle(
      () => this.vaultTimeout(),
      () => this.lock("timeout"),
      deps.now ?? Date.now,
    );
    this.#state = this.#restored();
    deps.tabs.onMessage(({ kind, userId }) => {
      if (this.account()?.userId !== userId) return;
      if (kind === "lock") this.#lock("otherTab");
      else this.#logout("otherTab");
    });
  }

  get deviceIdentifier(): string {
    return this.#deps.device.identifier;
  }

  getSnapshot = (): SessionState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #restored(): SessionState {
    const saved = this.#deps.memory.session();
    if (!saved) return { status: "loggedOut", reason: null, lastEmail: this.#deps.memory.lastEmail() };
    this.#deps.tokens.restore(saved.tokens);
    this.#keys = saved.keys;
    this.#securityStamp = saved.securityStamp;
    return { status: "locked", account: saved.account, reason: "reload" };
  }

  #set(state: SessionState): void {
    this.#state = state;
    if (state.status === "unlocked") this.#idle.start();
    else this.#idle.stop();
    for (const listener of this.#listeners) listener();
  }

  #save(account: Account, tokens: SavedTokens | null = this.#deps.tokens.saved()): void {
    if (!tokens || !this.#keys) return;
    this.#deps.memory.saveSession({
      account,
      tokens,
      keys: this.#keys,
      securityStamp: this.#securityStamp,
    });
  }

  noteTokens(tokens: SavedTokens): void {
    const account = this.account();
    if (account) this.#save(account, tokens);
  }

  account = (): Account | null => ("account" in this.#state ? this.#state.account : null);

  async register(input: RegisterInput): Promise<void> {
    const email = normalizeEmail(input.email);
    const kdf = input.kdf ?? defaultKdf;
    const account = await this.#deps.crypto.registerAccount({ password: input.password, salt: email, kdf });
    await this.#deps.api.identity.registerFinish({
      ...account,
      ...input.proof,
      email,
      masterPasswordHint: input.hint || null,
    });
    if (input.name) this.#nameToSet = { email, name: input.name };
  }

  /** Where the device is remembered, that stands in for the second step. */
  async #grant(input: PasswordGrant): Promise<TokenAnswer> {
    const { api, memory } = this.#deps;
    const { email } = input;
    const code = input.secondStep ? null : memory.rememberToken(email);
    const secondStep = code ? ({ provider: 5, code } as const) : input.secondStep;
    try {
      const answer = await api.identity.passwordGrant({ ...input, secondStep });
      if (answer.rememberToken) memory.saveRememberToken(email, answer.rememberToken);
      return answer;
    } catch (error) {
      const stale = error instanceof IdentityError && error.kind === "twoFactorRequired";
      if (code && stale) memory.saveRememberToken(email, null);
      throw error;
    }
  }

  async login(input: LoginInput): Promise<void> {
    const { api, crypto, device } = this.#deps;
    const before = this.#state;
    const step = (name: UnlockStep) => this.#set({ status: "unlocking", account: null, step: name });
    const email = normalizeEmail(input.email);
    try {
      step("deriving");
      const { kdfSettings, salt } = await api.identity.prelogin(email);
      const started = await crypto.startLogin({
        password: input.password,
        salt: salt ?? email,
        kdf: kdfFromWire(kdfSettings),
      });
      step("authenticating");
      const { newDeviceOtp, secondStep } = input;
      const { authHash } = started;
      const answer = await this.#grant({ email, authHash, device, newDeviceOtp, secondStep });
      step("decrypting");
      const keys = accountKeys(answer.unlock, answer.accountKeys);
      const unlocked = await crypto.unlockWithMasterKey(started.masterKey, keys);
      const weak = await this.#isWeak(input.password, email, answer.rulesAtLogin);
      this.#loggedIn(email, answer, keys, unlocked, weak);
    } catch (error) {
      crypto.lock();
      this.#set(before.status === "unlocked" ? this.#restored() : before);
      throw error;
    }
  }

  async loginApproved({ email: given, request, accessCode, key, secondStep }: ApprovedLogin): Promise<void> {
    const { crypto, device } = this.#deps;
    const before = this.#state;
    const step = (name: UnlockStep) => this.#set({ status: "unlocking", account: null, step: name });
    const email = normalizeEmail(given);
    try {
      step("authenticating");
      const answer = await this.#grant({
        email,
        authHash: accessCode,
        device,
        authRequest: request,
        secondStep,
      });
      step("decrypting");
      const keys = accountKeys(answer.unlock, answer.accountKeys);
      this.#loggedIn(email, answer, keys, await crypto.unlockWithApproval(key, keys), false);
    } catch (error) {
      // The key pair is needed again when it was the second step that was missing.
      this.#set(before.status === "unlocked" ? this.#restored() : before);
      throw error;
    }
  }

  #loggedIn(email: string, answer: TokenAnswer, keys: AccountKeys, unlocked: Unlocked, weak: boolean): void {
    const { tokens, memory } = this.#deps;
    const account = { userId: subjectOf(answer.accessToken), email };
    this.#keys = keys;
    this.#securityStamp = null;
    tokens.accept(answer);
    memory.saveEmail(email);
    this.#save(account);
    const temporary = answer.forcePasswordReset && { temporaryPassword: true };
    const { userKey } = unlocked;
    this.#set({
      status: "unlocked",
      account,
      userKey,
      keys,
      ...temporary,
      ...(weak && { weakPassword: true }),
    });
    this.#afterLogin(email, unlocked, answer.unlock?.containedKeyId ?? null);
  }

  /** A password that cannot be judged is taken as it is: that must not keep anybody out. */
  async #isWeak(password: string, email: string, rules: PasswordRules | null): Promise<boolean> {
    const { keepsRules } = this.#deps;
    return rules !== null && keepsRules !== undefined
      ? keepsRules(password, email, rules).then(
          (keeps) => !keeps,
          () => false,
        )
      : false;
  }

  /** Two courtesies that must not make a log-in fail. */
  #afterLogin(email: string, unlocked: Unlocked, knownKeyId: string | null): void {
    const { accounts } = this.#deps.api;
    if (!knownKeyId) accounts.setUserKeyId(unlocked.userKeyId).catch(() => undefined);
    if (this.#nameToSet?.email !== email) return;
    accounts.updateProfile(this.#nameToSet.name).catch(() => undefined);
    this.#nameToSet = null;
  }

  async unlock(password: string): Promise<void> {
    const before = this.#state;
    const keys = this.#keys;
    if (before.status !== "locked" || !keys) throw new CryptoError("locked", "There is nothing to unlock.");
    const { account } = before;
    this.#set({ status: "unlocking", account, step: "deriving" });
    try {
      const { userKey } = await this.#deps.crypto.unlockWithPassword(password, keys);
      // A lock or log-out in the meantime stands.
      if (this.#state.status === "unlocking") this.#set({ status: "unlocked", account, userKey, keys });
    } catch (error) {
      if (this.#state.status === "unlocking") this.#set(before);
      throw error;
    }
  }

  lock = (reason: LockReason = "user"): void => {
    const account = this.account();
    this.#lock(reason);
    if (account && reason !== "reload") this.#deps.tabs.tell({ kind: "lock", userId: account.userId });
  };

  #lock(reason: LockReason): void {
    const { status } = this.#state;
    if (status === "loggedOut" || status === "locked") return;
    this.#deps.crypto.lock();
    const account = this.account();
    this.#set(
      account
        ? { status: "locked", account, reason }
        : { status: "loggedOut", reason: null, lastEmail: this.#deps.memory.lastEmail() },
    );
  }

  logout = async (reason: LogoutReason = "user"): Promise<void> => {
    const account = this.account();
    this.#logout(reason);
    if (account) this.#deps.tabs.tell({ kind: "logout", userId: account.userId });
  };

  #logout(reason: LogoutReason): void {
    const { crypto, tokens, memory } = this.#deps;
    crypto.lock();
    tokens.restore(null);
    memory.saveSession(null);
    this.#keys = null;
    this.#securityStamp = null;
    if (this.#state.status === "loggedOut") return;
    this.#set({ status: "loggedOut", reason, lastEmail: memory.lastEmail() });
  }

  #openAccount(): { account: Account; keys: AccountKeys } {
    const account = this.account();
    if (!account || !this.#keys) throw new CryptoError("locked", "Nobody is logged in.");
    return { account, keys: this.#keys };
  }

  async passwordHash(password: string): Promise<string> {
    const { salt, kdf } = this.#openAccount().keys;
    return this.#deps.crypto.passwordHash({ password, salt, kdf });
  }

  async verifyPassword(password: string): Promise<boolean> {
    try {
      await this.#deps.crypto.rewrapUserKey({ keys: this.#openAccount().keys, password });
      return true;
    } catch (error) {
      if (error instanceof CryptoError && error.kind === "wrongPassword") return false;
      throw error;
    }
  }

  async changePassword(input: { password: string; newPassword: string; hint?: string }): Promise<void> {
    const { password, newPassword, hint } = input;
    await this.#change({ password, newPassword }, (rewrapped) =>
      this.#deps.api.accounts.changePassword({ ...rewrapped, masterPasswordHint: hint || null }),
    );
    if (this.#state.status === "unlocked" && this.#state.weakPassword) {
      this.#set({ ...this.#state, weakPassword: false });
    }
  }

  async replaceTemporaryPassword(input: {
    password: string;
    newPassword: string;
    hint?: string;
  }): Promise<void> {
    const { password, newPassword, hint } = input;
    await this.#change({ password, newPassword }, (rewrapped) =>
      this.#deps.api.accounts.replaceTemporaryPassword({
        newMasterPasswordHash: rewrapped.authenticationData.masterPasswordAuthenticationHash,
        key: rewrapped.unlockData.masterKeyWrappedUserKey,
        masterPasswordHint: hint || null,
      }),
    );
    if (this.#state.status === "unlocked") this.#set({ ...this.#state, temporaryPassword: false });
  }

  async enrolRecovery(password: string, publicKey: string): Promise<Enrolment> {
    return this.#deps.crypto.enrolRecovery(password, this.#openAccount().keys, publicKey);
  }

  async changeKdf(input: { password: string; kdf: KdfConfig }): Promise<void> {
    await this.#change({ password: input.password, newKdf: input.kdf }, (rewrapped) =>
      this.#deps.api.accounts.changeKdf(rewrapped),
    );
  }

  async changeEmail(input: { password: string; newEmail: string; code: string }): Promise<void> {
    const newSalt = normalizeEmail(input.newEmail);
    await this.#change({ password: input.password, newSalt }, (rewrapped) =>
      this.#deps.api.accounts.changeEmail({
        masterPasswordHash: rewrapped.masterPasswordHash,
        newEmail: newSalt,
        token: input.code,
        newMasterPasswordHash: rewrapped.authenticationData.masterPasswordAuthenticationHash,
        key: rewrapped.unlockData.masterKeyWrappedUserKey,
      }),
    );
  }

  async rotateUserKey({
    password,
    recovery = [],
    ...options
  }: { password: string; recovery?: readonly RecoveryTarget[] } & BatchOptions): Promise<void> {
    const { api, crypto } = this.#deps;
    const vault = await underUserKey(api, recovery);
    const { account, keys } = this.#openAccount();
    if (this.#state.status !== "unlocked") throw new CryptoError("locked", "The vault is locked.");
    const { userKey } = this.#state;
    const rotated = await crypto.rotateUserKey({ ...vault, keys, userKey, password }, options);
    await api.accounts.rotateUserKey(rotationRequest(account.email, keys, rotated));
    // From here on the old key opens nothing any more, also when the log-in fails.
    this.#adopt(account, rotatedKeys(keys, rotated), rotated.userKey);
    await this.#renew(account, rotated.masterPasswordHash);
  }

  async #change(input: Omit<Rewrap, "keys">, send: (rewrapped: Rewrapped) => Promise<void>): Promise<void> {
    const { account, keys } = this.#openAccount();
    const rewrapped = await this.#deps.crypto.rewrapUserKey({ ...input, keys });
    await send(rewrapped);
    const email = input.newSalt ?? account.email;
    await this.#renew({ ...account, email }, rewrapped.authenticationData.masterPasswordAuthenticationHash);
  }

  /** The server ends every session with such a change; ours begins again at once, with the password's hash. */
  async #renew(account: Account, authHash: string): Promise<void> {
    const { device, memory, tokens } = this.#deps;
    const { email } = account;
    try {
      const answer = await this.#grant({ email, authHash, device });
      this.#securityStamp = null;
      this.#adopt(account, accountKeys(answer.unlock, answer.accountKeys));
      tokens.accept(answer);
      memory.saveEmail(email);
    } catch {
      await this.logout("stampChanged");
    }
  }

  #adopt(account: Account, keys: AccountKeys, userKey?: KeyHandle): void {
    this.#keys = keys;
    this.#save(account);
    if (this.#state.status === "unlocked") {
      this.#set({ ...this.#state, account, keys, ...(userKey && { userKey }) });
    }
  }

  noteSync(answer: SyncAnswer): void {
    const { account, keys } = this.#openAccount();
    const { profile, userDecryption } = answer;
    if (this.#securityStamp !== null && this.#securityStamp !== profile.securityStamp) {
      void this.logout("stampChanged");
      return;
    }
    const first = this.#securityStamp === null;
    this.#securityStamp = profile.securityStamp;
    const unlock = userDecryption?.masterPasswordUnlock ?? null;
    const next = unlock && profile.accountKeys ? accountKeys(unlock, profile.accountKeys) : keys;
    const email = normalizeEmail(profile.email);
    if (!sameKeys(keys, next) || email !== account.email) this.#adopt({ ...account, email }, next);
    else if (first) this.#save(account);
  }

  vaultTimeout = (): VaultTimeout => this.#deps.memory.timeout();

  setVaultTimeout = (timeout: VaultTimeout): void => this.#deps.memory.saveTimeout(timeout);

  noteActivity = (): void => {
    if (this.#state.status === "unlocked") this.#idle.note();
  };
}
