import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProviderUserType } from "@/api";
import type { StaffMember } from "@/api/staff";
import { api } from "@/app/services";
import { countOf } from "@/features/console/bulk/batches";
import { useBatch } from "@/features/console/bulk/useBatch";
import { type Recipients, recipientsOf } from "@/features/console/people/addresses";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Textarea } from "@/ui/Field";
import { usePortal } from "../scope";
import { staffKeys } from "./data";
import { Invited } from "./Invited";
import { everything, isOver } from "./model";
import { ReachFields } from "./ReachFields";
import { RoleFields } from "./RoleFields";

/** What the server takes in one request. */
const most = 20;

/** Invites people into the team: who, as what, and for which clients. */
export function InviteDialog({ team, onClose }: { team: readonly StaffMember[]; onClose: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const { providerId, name, badge } = usePortal();
  const [text, setText] = useState("");
  const [type, setType] = useState<ProviderUserType>(1);
  const [reach, setReach] = useState(everything);
  const [before] = useState(() => new Set(team.map(({ email }) => email.toLowerCase())));
  const recipients = recipientsOf(text, before);
  const batch = useBatch<string>(async (emails) => {
    await api.staff.invite(providerId, { emails, type, ...(type === 1 && { reach }) });
    return new Map();
  }, most);
  const count = recipients.fresh.length;
  const overdue = type === 1 && isOver(reach.until, new Date());

  async function send() {
    await batch.start(recipients.fresh);
    await queries.invalidateQueries({ queryKey: staffKeys.team(providerId) });
  }

  if (batch.phase !== "ready") {
    const running = batch.phase === "running";
    return (
      <Dialog
        open
        wide
        onClose={onClose}
        running={running}
        scope={badge}
        title={
          running
            ? t("console.invite.sending", { name })
            : t("console.invite.sent", { count: countOf(batch.outcomes, "done") })
        }
        footer={
          running ? (
            <Button onClick={batch.cancel}>{t("console.bulk.stop")}</Button>
          ) : (
            <Button look="primary" onClick={onClose}>
              {t("common.done")}
            </Button>
          )
        }
      >
        <Invited outcomes={batch.outcomes} recipients={recipients} running={running} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      changed={text.trim() !== ""}
      scope={badge}
      title={t("staff.inviteTitle", { name })}
      description={t("staff.inviteText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            disabled={count === 0 || count > most || overdue}
            onClick={() => void send()}
          >
            {count === 0 ? t("console.invite.action") : t("console.invite.actionCount", { count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Addresses text={text} onText={setText} recipients={recipients} />
        {count > most ? (
          <div role="alert">
            <Callout mood="warn">{t("staff.tooMany", { most })}</Callout>
          </div>
        ) : null}
        <RoleFields value={type} onChange={setType} />
        {type === 1 ? (
          <ReachFields value={reach} onChange={setReach} />
        ) : (
          <Callout>{t("staff.adminsReachAll")}</Callout>
        )}
      </div>
    </Dialog>
  );
}

type AddressesProps = { text: string; onText: (text: string) => void; recipients: Recipients };

function Addresses({ text, onText, recipients }: AddressesProps) {
  const t = useT();
  // Nothing that is still being typed is called wrong.
  const [typing, setTyping] = useState(false);
  const { fresh, known, invalid } = recipients;
  const notes = [
    fresh.length > 1 ? t("console.invite.count", { count: fresh.length }) : null,
    known.length > 0 ? t("console.invite.known", { count: known.length }) : null,
  ].filter(Boolean);
  return (
    <Field
      label={t("console.invite.emails")}
      hint={notes.length > 0 ? notes.join(" · ") : t("staff.emailsHint", { most })}
      error={
        invalid.length > 0 && !typing
          ? [t("console.invite.invalid", { text: invalid.slice(0, 3).join(", ") }), ...notes].join(" · ")
          : undefined
      }
    >
      <Textarea
        autoFocus
        rows={fresh.length > 2 ? 5 : 2}
        inputMode="email"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setTyping(true);
          onText(event.target.value);
        }}
        onBlur={() => setTyping(false)}
        onPaste={() => setTyping(false)}
      />
    </Field>
  );
}
