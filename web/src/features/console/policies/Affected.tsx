import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";

const most = 100;
const effects = ["revoked", "mustEnrol", "personalItems"] as const;
type Effect = (typeof effects)[number];
const isEffect = (text: string): text is Effect => (effects as readonly string[]).includes(text);

type Person = { readonly name: string | null; readonly email: string; readonly effect: string };

/** People that a policy touches, by number and name, sorted by what becomes of them. */
export function Affected({ people }: { people: readonly Person[] }) {
  const t = useT();
  return (
    <>
      {effects
        .map((effect) => ({ effect, touched: people.filter((person) => person.effect === effect) }))
        .filter(({ touched }) => touched.length > 0)
        .map(({ effect, touched }) => (
          <Touched
            key={effect}
            title={t(`policies.effect.${effect}`, { count: touched.length })}
            touched={touched}
          />
        ))}
      <Touched
        title={t("policies.effect.other", { count: people.filter(({ effect }) => !isEffect(effect)).length })}
        touched={people.filter(({ effect }) => !isEffect(effect))}
      />
    </>
  );
}

function Touched({ title, touched }: { title: string; touched: readonly Person[] }) {
  const t = useT();
  if (touched.length === 0) {
    return null;
  }
  return (
    <Callout mood="warn" title={title}>
      <ul className="mt-1 max-h-48 overflow-y-auto">
        {touched.slice(0, most).map(({ name, email }) => (
          <li key={email} className="truncate">
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
