import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Skeleton } from "@/ui/States";
import type { usePreview } from "./usePreview";

const most = 100;
const effects = ["revoked", "mustEnrol", "personalItems"] as const;
type Effect = (typeof effects)[number];
const isEffect = (text: string): text is Effect => (effects as readonly string[]).includes(text);

/** Who does not comply, by number and name, and what becomes of them. */
export function Preview({
  preview,
  turningOn,
  missing,
}: {
  preview: ReturnType<typeof usePreview>;
  turningOn: boolean;
  /** The first policy that must be on before this one, by its name. */
  missing: string | undefined;
}) {
  const t = useT();
  if (preview.isError) {
    return (
      <div role="alert">
        <Callout mood="bad" title={t("policies.previewFailed")}>
          {explain(preview.error, t)}
        </Callout>
      </div>
    );
  }
  if (!preview.data) {
    return <Skeleton className="h-10" />;
  }
  const { blockedBy, members } = preview.data;
  if (blockedBy) {
    return (
      <div role="alert">
        <Callout mood="bad" title={t("policies.blocked")}>
          {missing ? t("policies.needIsOff", { policy: missing }) : blockedBy}
        </Callout>
      </div>
    );
  }
  if (members.length === 0) {
    return turningOn ? (
      <div role="status">
        <Callout mood="good">{t("policies.nobody")}</Callout>
      </div>
    ) : null;
  }
  return (
    <div role="status" className="flex flex-col gap-3">
      {effects
        .map((effect) => ({ effect, touched: members.filter((member) => member.effect === effect) }))
        .filter(({ touched }) => touched.length > 0)
        .map(({ effect, touched }) => (
          <Touched
            key={effect}
            title={t(`policies.effect.${effect}`, { count: touched.length })}
            touched={touched}
          />
        ))}
      <Touched
        title={t("policies.effect.other", {
          count: members.filter(({ effect }) => !isEffect(effect)).length,
        })}
        touched={members.filter(({ effect }) => !isEffect(effect))}
      />
    </div>
  );
}

type TouchedProps = {
  title: string;
  touched: readonly {
    readonly organizationUserId: string;
    readonly name: string | null;
    readonly email: string;
  }[];
};

function Touched({ title, touched }: TouchedProps) {
  const t = useT();
  if (touched.length === 0) {
    return null;
  }
  return (
    <Callout mood="warn" title={title}>
      <ul className="mt-1 max-h-48 overflow-y-auto">
        {touched.slice(0, most).map(({ organizationUserId, name, email }) => (
          <li key={organizationUserId} className="truncate">
            {name ? `${name} · ${email}` : email}
          </li>
        ))}
      </ul>
      {touched.length > most ? (
        <p className="mt-1">{t("policies.moreNames", { count: touched.length - most })}</p>
      ) : null}
    </Callout>
  );
}
