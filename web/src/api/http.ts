import { ApiError, apiError, IdentityError, identityError, NetworkError } from "./error";

/** Where requests find and renew their access token; the session implements it. */
export interface TokenSource {
  /** The current token, or null when nobody is logged in. */
  current(): AccessToken | null;
  /** Gets a new one. Concurrent callers share one request. Rejects when the session is over. */
  refresh(): Promise<AccessToken>;
  /** The server no longer knows the session. */
  expired(): void;
}

export interface AccessToken {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface CallOptions extends RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  /** Sent instead of JSON, as the token endpoint wants it. */
  readonly form?: URLSearchParams;
  /** false for endpoints that are called without a session. */
  readonly authenticated?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Http {
  /** Paths start at the origin: `/api/…` or `/identity/…`. Answers undefined when there is no body. */
  call<T>(path: string, options?: CallOptions): Promise<T>;
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  put<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  delete<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  /** For what fetch cannot send: with a token that is good, and once more with a new one when that was refused. */
  authenticated<Answer extends { readonly status: number }>(
    send: (headers: Headers) => Promise<Answer>,
  ): Promise<Answer>;
  /** Gets what an address opens by itself, without the session. */
  open(path: string, options?: RequestOptions): Promise<Response>;
  /** "" for the page's own. */
  readonly origin: string;
}

export interface HttpDependencies {
  readonly tokens: TokenSource;
  readonly device: { readonly type: number; readonly identifier: string };
  readonly version: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => number;
  /** "" for the page's own origin; tests give one. */
  readonly origin?: string;
}

/** A token this close to its end is renewed before it is used, as the official clients do. */
export const renewBefore = 5 * 60_000;

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (response.status === 204) return undefined;
  if (/application\/(problem\+)?json/.test(type)) {
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  }
  return type.startsWith("text/") ? response.text() : undefined;
}

function encode(options: CallOptions): { body?: string; contentType?: string } {
  if (options.form) {
    return { body: options.form.toString(), contentType: "application/x-www-form-urlencoded; charset=utf-8" };
  }
  if (options.body === undefined) return {};
  return { body: JSON.stringify(options.body), contentType: "application/json; charset=utf-8" };
}

export function createHttp(deps: HttpDependencies): Http {
  const doFetch = deps.fetch ?? globalThis.fetch.bind(globalThis);
  const now = deps.now ?? Date.now;
  const origin = deps.origin ?? "";

  function headersFor(options: CallOptions, token: string | null, contentType?: string): Headers {
    const headers = new Headers(options.headers);
    headers.set("Accept", "application/json");
    headers.set("Device-Type", String(deps.device.type));
    headers.set("Bitwarden-Client-Name", "web");
    headers.set("Bitwarden-Client-Version", deps.version);
    if (contentType) headers.set("Content-Type", contentType);
    if (token) headers.set("Authorization", `Bearer ${token}`);
    else if (!options.form) headers.set("Device-Identifier", deps.device.identifier);
    return headers;
  }

  async function send(path: string, options: CallOptions, token: string | null): Promise<Response> {
    const { body, contentType } = encode(options);
    const init: RequestInit = {
      method: options.method ?? "GET",
      headers: headersFor(options, token, contentType),
      cache: "no-store",
      redirect: "error",
    };
    if (body !== undefined) init.body = body;
    if (options.signal) init.signal = options.signal;
    try {
      return await doFetch(origin + path, init);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new NetworkError(error);
    }
  }

  async function freshToken(): Promise<string | null> {
    const token = deps.tokens.current();
    if (!token) return null;
    if (token.expiresAt - now() > renewBefore) return token.value;
    return (await deps.tokens.refresh()).value;
  }

  /** A 401 is answered once with a new token; a second one means that the session is over. */
  async function twice<Answer extends { readonly status: number }>(
    sendWith: (token: string | null) => Promise<Answer>,
  ): Promise<Answer> {
    const first = await sendWith(await freshToken());
    if (first.status !== 401) return first;
    const token = await deps.tokens.refresh();
    const second = await sendWith(token.value);
    if (second.status === 401) deps.tokens.expired();
    return second;
  }

  async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
    const authenticated = options.authenticated ?? true;
    const response = authenticated
      ? await twice((token) => send(path, options, token))
      : await send(path, options, null);
    const body = await readBody(response);
    if (response.ok) return body as T;
    throw options.form ? identityError(response.status, body) : apiError(response.status, body);
  }

  return {
    call,
    get: (path, options) => call(path, options),
    post: (path, body, options) => call(path, { ...options, method: "POST", body }),
    put: (path, body, options) => call(path, { ...options, method: "PUT", body }),
    delete: (path, body, options) => call(path, { ...options, method: "DELETE", body }),
    authenticated: (sendWith) => twice((token) => sendWith(headersFor({}, token))),
    async open(path, options = {}) {
      const response = await send(path, options, null);
      if (!response.ok) throw apiError(response.status, await readBody(response));
      return response;
    },
    origin,
  };
}

export { ApiError, IdentityError, NetworkError };
