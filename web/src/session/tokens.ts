import { ApiError } from "@/api/error";
import { type AccessToken, renewBefore, type TokenSource } from "@/api/http";
import type { RefreshAnswer } from "@/api/wire";
import type { SavedTokens } from "./storage";

export interface TokenDependencies {
  readonly refresh: (refreshToken: string) => Promise<RefreshAnswer>;
  /** New tokens are to be remembered. */
  readonly changed: (tokens: SavedTokens) => void;
  /** The server refuses the refresh token: the session is over. */
  readonly expired: () => void;
  readonly now: () => number;
}

export interface Tokens extends TokenSource {
  saved(): SavedTokens | null;
  /** Takes the answer of the token endpoint; `previous` fills in a refresh token that was not sent again. */
  accept(answer: RefreshAnswer, previous?: string): void;
  restore(tokens: SavedTokens | null): void;
  /** A token that is good for long enough to begin something with it. */
  fresh(): Promise<string>;
}

export function createTokens(deps: TokenDependencies): Tokens {
  let tokens: SavedTokens | null = null;
  let refreshing: Promise<AccessToken> | null = null;

  const asAccess = ({ access, expiresAt }: SavedTokens): AccessToken => ({ value: access, expiresAt });

  function accept(answer: RefreshAnswer, previous = ""): void {
    tokens = {
      access: answer.accessToken,
      refresh: answer.refreshToken ?? previous,
      expiresAt: deps.now() + answer.expiresIn * 1000,
    };
    deps.changed(tokens);
  }

  async function renew(): Promise<AccessToken> {
    const before = tokens;
    if (!before) throw new ApiError(401, "Nobody is logged in.");
    try {
      const answer = await deps.refresh(before.refresh);
      // Somebody may have logged out, or in anew, while the answer was on its way.
      if (tokens === before) accept(answer, before.refresh);
    } catch (error) {
      const refused = error instanceof ApiError && error.status >= 400 && error.status < 429;
      if (refused && tokens === before) deps.expired();
      throw error;
    }
    if (!tokens) throw new ApiError(401, "Nobody is logged in.");
    return asAccess(tokens);
  }

  const refresh = () => {
    refreshing ??= renew().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  return {
    fresh: async () => {
      if (tokens && tokens.expiresAt - deps.now() > renewBefore) return tokens.access;
      return (await refresh()).value;
    },
    current: () => tokens && asAccess(tokens),
    refresh,
    expired: deps.expired,
    saved: () => tokens,
    accept,
    restore: (saved) => {
      tokens = saved;
    },
  };
}

/** The user's id, from the token itself. Its signature is the server's business. */
export function subjectOf(accessToken: string): string {
  const payload = accessToken.split(".")[1] ?? "";
  const json = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  const claims: unknown = JSON.parse(json);
  if (typeof claims === "object" && claims !== null && "sub" in claims && typeof claims.sub === "string") {
    return claims.sub;
  }
  throw new TypeError("access token without a subject");
}
