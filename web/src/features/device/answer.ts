import { ApiError } from "@/api";
import type { AuthRequest } from "@/api/authRequests";
import type { Line } from "@/sync/live";
import { lifetime, standingOf } from "./standing";

export type Answer =
  | { readonly kind: "approved"; readonly key: string }
  | { readonly kind: "denied" }
  | { readonly kind: "expired" };

export interface AnswerDependencies {
  /** Rejects with an `ApiError` 404 when the request is not there any more. */
  readonly response: (signal: AbortSignal) => Promise<AuthRequest>;
  /** Opens the socket; `answered` rings when there is an answer. Rejects when there is no socket. */
  readonly open: (answered: () => void, closed: () => void) => Promise<Line>;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

/** Between two questions: with a socket they only catch what it has missed. */
export const pauses = { alone: 5000, beside: 20_000 } as const;

/** Waits until somebody answers, or it is too late. Rejects only when `signal` ends it. */
export async function answerTo(deps: AnswerDependencies): Promise<Answer> {
  const { signal, now = Date.now } = deps;
  const until = now() + lifetime;
  const bell = createBell();
  const line = listen(deps, bell);
  const stop = () => bell.ring();
  signal.addEventListener("abort", stop);
  try {
    while (now() < until) {
      await bell.wait(Math.min(line.stands() ? pauses.beside : pauses.alone, until - now()));
      signal.throwIfAborted();
      const answer = await ask(deps);
      signal.throwIfAborted();
      if (answer) return answer;
    }
    return { kind: "expired" };
  } finally {
    signal.removeEventListener("abort", stop);
    line.close();
  }
}

/** A server that is away or busy is asked again. */
async function ask({ response, signal }: AnswerDependencies): Promise<Answer | null> {
  try {
    const request = await response(signal);
    const standing = standingOf(request, Date.parse(request.creationDate));
    if (standing === "approved" && request.key) return { kind: "approved", key: request.key };
    return standing === "denied" ? { kind: "denied" } : null;
  } catch (error) {
    return error instanceof ApiError && error.status === 404 ? { kind: "expired" } : null;
  }
}

function listen({ open }: AnswerDependencies, bell: ReturnType<typeof createBell>) {
  let line: Line | null = null;
  let over = false;
  const lost = () => {
    line = null;
  };
  open(bell.ring, lost).then((opened) => {
    if (over) {
      opened.close();
      return;
    }
    line = opened;
    // The answer may have come before the socket did.
    bell.ring();
  }, lost);
  return {
    stands: () => line !== null,
    close: () => {
      over = true;
      line?.close();
    },
  };
}

/** Ends a pause early; what rang before it counts, too. */
function createBell() {
  let rung = false;
  let wake = () => {};
  return {
    ring: () => {
      rung = true;
      wake();
    },
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(done, rung ? 0 : milliseconds);
        function done() {
          clearTimeout(timer);
          rung = false;
          wake = () => {};
          resolve();
        }
        wake = done;
      }),
  };
}
