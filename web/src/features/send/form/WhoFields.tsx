import { useQuery } from "@tanstack/react-query";
import { Wand2 } from "lucide-react";
import { useState } from "react";
import { config } from "@/app/services";
import type { SendProtection } from "@/crypto/model/sends";
import { ChoiceCard } from "@/features/provider/people/RoleFields";
import { GeneratorDialog } from "@/features/vault/edit/GeneratorDialog";
import { useT } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { Field, Textarea } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { mayUse, type SendRules } from "../model/rules";
import type { PartProps } from "./LifetimeField";

const kinds: readonly SendProtection["kind"][] = ["link", "password", "emails"];
const words = {
  link: ["send.whoLink", "send.whoLinkText"],
  password: ["send.whoPassword", "send.whoPasswordText"],
  emails: ["send.whoEmails", "send.whoEmailsText"],
} as const;

/** A server without mail cannot send codes; one that does not say is taken at its best. */
function useMails(): boolean {
  const answer = useQuery({ queryKey: ["config"], queryFn: config, staleTime: Number.POSITIVE_INFINITY });
  return answer.data?.kastellan?.mail !== false;
}

export function WhoFields({ form, edited, rules, problems, onChange }: PartProps) {
  const t = useT();
  const mails = useMails();
  const usable = (kind: SendProtection["kind"]) =>
    mayUse(rules, kind) && (kind !== "emails" || mails || form.protection === "emails");
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("send.who")}</legend>
      <div className="flex flex-col gap-2">
        {kinds.map((kind) => {
          const [title, text] = words[kind];
          return (
            <fieldset key={kind} disabled={!usable(kind)} className="flex flex-col gap-3">
              <ChoiceCard
                name="send-who"
                checked={form.protection === kind}
                title={t(title)}
                text={kind === "emails" && !mails ? t("send.whoEmailsNoMail") : t(text)}
                onChoose={() => onChange({ protection: kind })}
              />
              {kind === form.protection && kind === "password" ? (
                <Password form={form} edited={edited} problems={problems} onChange={onChange} />
              ) : null}
              {kind === form.protection && kind === "emails" ? (
                <Emails form={form} rules={rules} problems={problems} onChange={onChange} />
              ) : null}
            </fieldset>
          );
        })}
      </div>
      {problems.protection ? (
        <p className="mt-1.5 text-sm text-bad">{t("send.problem.protection.ruled")}</p>
      ) : null}
      <Ruled rules={rules} />
    </fieldset>
  );
}

function Ruled({ rules }: { rules: SendRules }) {
  const t = useT();
  return rules.protection ? (
    <p className="mt-1.5 text-sm text-muted">
      {t(`send.policy.${rules.protection.value}`, { name: rules.protection.by })}
    </p>
  ) : null;
}

function Password({ form, edited, problems, onChange }: Omit<PartProps, "rules">) {
  const t = useT();
  const [generating, setGenerating] = useState(false);
  const kept = edited?.protection.kind === "password";
  return (
    <div className="pb-1">
      <Field
        label={t("send.password")}
        hint={kept ? t("send.passwordKept") : undefined}
        error={problems.password ? t("send.problem.password.missing") : undefined}
      >
        <PasswordInput
          autoComplete="new-password"
          value={form.password}
          onChange={(event) => onChange({ password: event.target.value })}
          extra={
            <IconButton
              size="sm"
              label={t("send.generate")}
              icon={<Wand2 className="size-4" />}
              onClick={() => setGenerating(true)}
            />
          }
        />
      </Field>
      {generating ? (
        <GeneratorDialog
          kinds={["password", "passphrase"]}
          onClose={() => setGenerating(false)}
          onUse={(password) => onChange({ password })}
        />
      ) : null}
    </div>
  );
}

function Emails({ form, rules, problems, onChange }: Omit<PartProps, "edited">) {
  const t = useT();
  const ruled = rules.domains
    ? t("send.policy.domains", { name: rules.domains.by, domains: rules.domains.value.join(", ") })
    : null;
  return (
    <div className="pb-1">
      <Field
        label={t("send.emails")}
        hint={[t("send.emailsHint"), ruled].filter(Boolean).join(" ")}
        error={problems.emails ? t(`send.problem.emails.${problems.emails}`) : undefined}
      >
        <Textarea
          rows={3}
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          value={form.emails}
          onChange={(event) => onChange({ emails: event.target.value })}
        />
      </Field>
    </div>
  );
}
