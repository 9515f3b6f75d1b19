import type { MemberStatus } from "@/api";
import type { CheckedRow, InvitationRow } from "@/api/fleet";
import type { ClientId, GroupId, OrgId } from "@/crypto/model/ids";
import type { Invitation } from "./invitations";

/** A line with what inviting it would do. */
export type Checked = Invitation & {
  readonly clientId: ClientId | null;
  readonly organizationId: OrgId | null;
  /** As the client is really called. */
  readonly clientName: string | null;
  readonly groupIds: readonly GroupId[];
  /** In the server's words; null for what the table itself is wrong about. */
  readonly error: string | null;
  readonly already: MemberStatus | null;
};

/** Ready to be sent, wrong, or there already. */
export type Verdict = "ready" | "wrong" | "already";

export const verdictOf = ({ problem, error, already }: Checked): Verdict =>
  problem || error ? "wrong" : already !== null ? "already" : "ready";

/** What is sent to be checked: lines that are wrong by themselves stay here. */
export function toCheck(lines: readonly Invitation[]): { sound: Invitation[]; rows: InvitationRow[] } {
  const sound = lines.filter(({ problem }) => problem === null);
  return { sound, rows: sound.map(({ client, email, type, groups }) => ({ client, email, type, groups })) };
}

/** All lines in their order, with the server's verdicts on those that it was sent. */
export function merged(lines: readonly Invitation[], answers: readonly CheckedRow[]): Checked[] {
  const { sound } = toCheck(lines);
  const byLine = new Map(answers.map((answer) => [sound[answer.row]?.line, answer]));
  return lines.map((line) => {
    const answer = byLine.get(line.line);
    return {
      ...line,
      email: answer?.email || line.email,
      clientId: answer?.clientId ?? null,
      organizationId: answer?.organizationId ?? null,
      clientName: answer?.clientName ?? null,
      groupIds: answer?.groupIds ?? [],
      error: answer?.error ?? null,
      already: answer?.already ?? null,
    };
  });
}

const keyOf = ({ organizationId, type, groupIds }: Checked) =>
  JSON.stringify([organizationId, type, [...groupIds].sort()]);

/** Whether two lines may go to the server in one request. */
export const together = (one: Checked, next: Checked): boolean => keyOf(one) === keyOf(next);

/** Those that are ready, with neighbours that go together. */
export function inOrder(lines: readonly Checked[]): Checked[] {
  const groups = new Map<string, Checked[]>();
  for (const line of lines.filter((one) => verdictOf(one) === "ready")) {
    const key = keyOf(line);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flat();
}
