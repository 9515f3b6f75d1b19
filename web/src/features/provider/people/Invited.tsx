import type { StaffMember } from "@/api/staff";
import { api } from "@/app/services";
import { BatchProgress } from "@/features/console/bulk/BatchProgress";
import { countOf, type Outcome } from "@/features/console/bulk/batches";
import { OutcomeRow } from "@/features/console/bulk/OutcomeRow";
import type { Recipients } from "@/features/console/people/addresses";
import { useMail } from "@/features/console/people/Invited";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { CopyButton } from "@/ui/CopyButton";
import { usePortal } from "../scope";
import { useTeam } from "./data";

type InvitedProps = {
  outcomes: ReadonlyMap<string, Outcome>;
  recipients: Recipients;
  running: boolean;
};

/** What became of each address; on a server without mail, with the link to hand over. */
export function Invited({ outcomes, recipients, running }: InvitedProps) {
  const t = useT();
  const mail = useMail();
  const team = useTeam();
  const byEmail = new Map((team.data ?? []).map((person) => [person.email.toLowerCase(), person]));
  const left = running
    ? []
    : [
        ...recipients.known.map((text) => [text, t("console.invite.wasHere")] as const),
        ...recipients.invalid.map((text) => [text, t("console.invite.noAddress")] as const),
      ];
  return (
    <div className="flex flex-col gap-4">
      {running || outcomes.size > 1 ? <BatchProgress outcomes={outcomes} /> : null}
      {!running && countOf(outcomes, "done") > 0 ? (
        <Callout mood="good">{t(mail ? "staff.mailed" : "provider.inviteByHand")}</Callout>
      ) : null}
      <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {[...outcomes].map(([email, outcome]) => {
          const person = byEmail.get(email);
          return (
            <OutcomeRow
              key={email}
              name={email}
              outcome={outcome}
              done={person ? t("console.invite.state") : undefined}
              end={person?.status === 0 && !mail ? <CopyLink person={person} /> : undefined}
            />
          );
        })}
        {left.map(([text, reason]) => (
          <OutcomeRow key={text} name={text} outcome={{ state: "skipped", reason }} />
        ))}
      </ul>
      {running ? null : <p className="text-sm text-muted">{t("staff.linkOnce")}</p>}
    </div>
  );
}

/** The link is made by the server, so it is fetched when it is wanted. */
function CopyLink({ person }: { person: StaffMember }) {
  const t = useT();
  const { providerId } = usePortal();
  return (
    <CopyButton
      value={async () => (await api.providers.inviteLink(providerId, person.id)).url}
      label={t("console.invite.copyLinkOf", { email: person.email })}
    />
  );
}
