import type { StaffReach } from "@/api/staff";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Field, Input } from "@/ui/Field";
import { Skeleton } from "@/ui/States";
import { useClients, useTags } from "../data";
import { usePortal } from "../scope";
import { endOfDay, isOver, lastDay } from "./model";
import { ReachList } from "./ReachList";
import { ChoiceCard } from "./RoleFields";
import { useReachWords } from "./useReachWords";

type ReachFieldsProps = { value: StaffReach; onChange: (value: StaffReach) => void };

/** Which clients a service user reaches: all, or those that are assigned, and until when. */
export function ReachFields({ value, onChange }: ReachFieldsProps) {
  const t = useT();
  const { providerId } = usePortal();
  const clients = useClients(providerId);
  const tags = useTags(providerId);
  const words = useReachWords(value);
  const over = isOver(value.until, new Date());
  const set = (part: Partial<StaffReach>) => onChange({ ...value, ...part });
  return (
    <div className="flex flex-col gap-4">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("staff.reach")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {([false, true] as const).map((assigned) => (
            <ChoiceCard
              key={String(assigned)}
              name="staff-reach"
              checked={value.assigned === assigned}
              title={t(assigned ? "staff.assignedClients" : "staff.allClients")}
              text={t(assigned ? "staff.assignedText" : "staff.allText")}
              onChoose={() => set({ assigned })}
            />
          ))}
        </div>
      </fieldset>
      {value.assigned ? (
        clients.data && tags.data ? (
          <ReachList value={value} onChange={onChange} clients={clients.data} tags={tags.data} />
        ) : (
          <Skeleton className="h-40" />
        )
      ) : null}
      <Field
        label={t("staff.endsOn")}
        hint={t("staff.endsHint")}
        error={over ? t("staff.dayIsOver") : undefined}
      >
        <DayInput value={value.until} onChange={(until) => set({ until })} />
      </Field>
      <div role="status">
        <Callout mood={words.empty ? "warn" : "neutral"}>{words.text}</Callout>
      </div>
    </div>
  );
}

type DayInputProps = { value: string | null; onChange: (until: string | null) => void; label?: string };

/** The last day of something; empty when it does not end. */
export function DayInput({ value, onChange, label }: DayInputProps) {
  return (
    <Input
      type="date"
      className="!w-44"
      min={lastDay(new Date(Date.now() + 86_400_000).toISOString())}
      value={value === null ? "" : lastDay(value)}
      onChange={(event) => onChange(event.target.value === "" ? null : endOfDay(event.target.value))}
      {...(label && { "aria-label": label })}
    />
  );
}
