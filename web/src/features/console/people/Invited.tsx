import { useQuery } from "@tanstack/react-query";
import type { Member } from "@/api";
import { api, config } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { CopyButton } from "@/ui/CopyButton";
import { BatchProgress } from "../bulk/BatchProgress";
import { countOf, type Outcome } from "../bulk/batches";
import { OutcomeRow } from "../bulk/OutcomeRow";
import { useMembers } from "../data";
import { useConsole } from "../scope";
import type { Recipients } from "./addresses";

/** Whether the server sends mail; until that is known it is taken to. */
export function useMail(): boolean {
  const answer = useQuery({ queryKey: ["config"], queryFn: config, staleTime: Number.POSITIVE_INFINITY });
  return answer.data?.kastellan?.mail ?? true;
}

type InvitedProps = {
  outcomes: ReadonlyMap<string, Outcome>;
  recipients: Recipients;
  running: boolean;
};

/** What became of each address; on a server without mail, with the link to hand over. */
export function Invited({ outcomes, recipients, running }: InvitedProps) {
  const t = useT();
  const mail = useMail();
  const members = useMembers();
  const byEmail = new Map((members.data ?? []).map((member) => [member.email.toLowerCase(), member]));
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
        <Callout mood="good">{t(mail ? "provider.inviteMailed" : "provider.inviteByHand")}</Callout>
      ) : null}
      <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {[...outcomes].map(([email, outcome]) => {
          const member = byEmail.get(email);
          return (
            <OutcomeRow
              key={email}
              name={email}
              outcome={outcome}
              done={member ? t("console.invite.state") : undefined}
              end={member?.status === 0 && !mail ? <CopyLink member={member} /> : undefined}
            />
          );
        })}
        {left.map(([text, reason]) => (
          <OutcomeRow key={text} name={text} outcome={{ state: "skipped", reason }} />
        ))}
      </ul>
      {!running ? <p className="text-sm text-muted">{t("provider.inviteOnce")}</p> : null}
    </div>
  );
}

/** The link is made by the server, so it is fetched when it is wanted. */
function CopyLink({ member }: { member: Member }) {
  const t = useT();
  const { organizationId } = useConsole();
  return (
    <CopyButton
      value={async () => (await api.organizations.inviteLink(organizationId, member.id)).url}
      label={t("console.invite.copyLinkOf", { email: member.email })}
    />
  );
}
