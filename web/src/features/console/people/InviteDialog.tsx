import { useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import type { Member } from "@/api";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Textarea } from "@/ui/Field";
import { countOf } from "../bulk/batches";
import { useBatch } from "../bulk/useBatch";
import { keys } from "../data";
import { seatsLeft } from "../overview/standing";
import { roles } from "../rights";
import { useConsole } from "../scope";
import { type Recipients, recipientsOf } from "./addresses";
import { Invited } from "./Invited";
import { type MemberDraft, MemberForm } from "./MemberForm";

/** What the server takes in one request. */
const perRequest = 20;
const nobody: MemberDraft = { type: roles.user, permissions: {}, groups: [], collections: [] };

/** Onboards one person or many: who, as what, and what they will see. */
export function InviteDialog({ members, onClose }: { members: readonly Member[]; onClose: () => void }) {
  const t = useT();
  const { organizationId, name, badge, summary } = useConsole();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [draft, setDraft] = useState<MemberDraft>(nobody);
  // Whoever is invited here would be "known" at once, while the results are still on show.
  const [before] = useState(() => new Set(members.map(({ email }) => email.toLowerCase())));
  const recipients = recipientsOf(text, before);
  const [left] = useState(() => seatsLeft(summary.seats, members));
  const batch = useBatch<string>(async (emails) => {
    const { permissions, ...rest } = draft;
    await api.organizations.invite(organizationId, {
      emails,
      ...rest,
      ...(draft.type === roles.custom && { permissions }),
    });
    return new Map();
  }, perRequest);
  const count = recipients.fresh.length;
  const over = left !== null && count > left;

  async function send() {
    await batch.start(recipients.fresh);
    await queries.invalidateQueries({ queryKey: keys.members(organizationId) });
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
      title={t("console.invite.title", { name })}
      footer={
        <>
          <span className="mr-auto text-sm text-muted" role="status">
            {left === null
              ? null
              : [
                  count > 0 ? t("console.invite.takes", { count }) : null,
                  t("console.overview.seatsLeft", { count: Math.max(0, left - count) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
          </span>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={count === 0 || over} onClick={() => void send()}>
            {count === 0 ? t("console.invite.action") : t("console.invite.actionCount", { count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Addresses text={text} onText={setText} recipients={recipients} />
        {over ? (
          <div role="alert">
            <Callout mood="warn">{t("console.invite.over", { count: left ?? 0 })}</Callout>
          </div>
        ) : null}
        <MemberForm value={draft} onChange={setDraft} />
      </div>
    </Dialog>
  );
}

type AddressesProps = { text: string; onText: (text: string) => void; recipients: Recipients };

/** A box to type or paste into, and a file as another way. */
function Addresses({ text, onText, recipients }: AddressesProps) {
  const t = useT();
  const file = useRef<HTMLInputElement>(null);
  // Nothing that is still being typed is called wrong.
  const [typing, setTyping] = useState(false);
  const { fresh, known, invalid } = recipients;
  const notes = [
    fresh.length > 1 ? t("console.invite.count", { count: fresh.length }) : null,
    known.length > 0 ? t("console.invite.known", { count: known.length }) : null,
  ].filter(Boolean);

  async function read(chosen: File | undefined) {
    if (chosen) {
      const content = await chosen.text();
      onText(text.trim() ? `${text.trimEnd()}\n${content}` : content);
    }
  }

  return (
    <Field
      label={t("console.invite.emails")}
      hint={notes.length > 0 ? notes.join(" · ") : t("console.invite.emailsHint")}
      error={
        invalid.length > 0 && !typing
          ? [t("console.invite.invalid", { text: invalid.slice(0, 3).join(", ") }), ...notes].join(" · ")
          : undefined
      }
      aside={
        <>
          <input
            ref={file}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-label={t("console.invite.file")}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              void read(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          <button
            type="button"
            onClick={() => file.current?.click()}
            className="flex items-center gap-1.5 rounded text-sm text-accent-text hover:underline"
          >
            <FileUp className="size-3.5" aria-hidden />
            {t("console.invite.file")}
          </button>
        </>
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
