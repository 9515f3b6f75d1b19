import type { BaselineApplied, BaselinePreview, ClientDrift } from "@/api/baselines";
import { csvOf } from "@/features/console/csv";

/** A client whose baseline is to be applied: everything that differs, or only some of it. */
export type Target = Pick<ClientDrift, "clientId" | "organizationId"> & {
  readonly name: string;
  readonly subjects?: readonly string[];
};

export type Totals = {
  readonly changes: number;
  readonly blocked: number;
  /** People who lose access, in how many clients. */
  readonly revoked: number;
  readonly revokedAt: number;
};

const wanted = ({ subjects }: Target, subject: string) =>
  subjects === undefined || subjects.includes(subject);

/** What a preview says about the subjects that shall be applied. */
export function changesFor(target: Target, preview: BaselinePreview) {
  return preview.changes.filter(({ subject }) => wanted(target, subject));
}

export function totalsOf(targets: readonly Target[], previews: ReadonlyMap<Target, BaselinePreview>): Totals {
  let [changes, blocked, revoked, revokedAt] = [0, 0, 0, 0];
  for (const target of targets) {
    const preview = previews.get(target);
    const own = preview ? changesFor(target, preview) : [];
    const lost = new Set(
      own.flatMap(({ people }) =>
        people.filter(({ effect }) => effect === "revoked").map(({ email }) => email),
      ),
    );
    changes += own.length;
    blocked += own.filter(({ blockedBy }) => blockedBy !== null).length;
    revoked += lost.size;
    revokedAt += lost.size > 0 ? 1 : 0;
  }
  return { changes, blocked, revoked, revokedAt };
}

/** Why a client counts as failed: the server's sentence where there is one, else how many. */
export function failureOf(
  { changes }: BaselineApplied,
  some: (failed: number, total: number) => string,
): string | null {
  const failed = changes.filter(({ error }) => error !== null);
  if (failed.length === 0) {
    return null;
  }
  const [only] = failed;
  return changes.length === 1 && only?.error ? only.error : some(failed.length, changes.length);
}

export type ResultWords = {
  readonly header: readonly [client: string, subject: string, result: string];
  readonly done: string;
  readonly subject: (subject: string) => string;
};

/** A line per client and subject; a client that gave no answer has one line with the reason. */
export function resultsAsCsv(
  targets: readonly Target[],
  results: ReadonlyMap<Target, BaselineApplied>,
  reasonOf: (target: Target) => string,
  words: ResultWords,
): string {
  const rows = targets.flatMap((target) => {
    const result = results.get(target);
    return result
      ? result.changes.map(({ subject, error }) => [target.name, words.subject(subject), error ?? words.done])
      : [[target.name, "", reasonOf(target)]];
  });
  return csvOf(words.header, rows);
}
