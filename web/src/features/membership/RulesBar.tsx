import { ShieldCheck, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { loadTexts, useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { type Binding, useBinding } from "./useBinding";

const RulesDialog = lazy(async () => {
  const [module] = await Promise.all([import("./RulesDialog"), loadTexts("admin")]);
  return { default: module.RulesDialog };
});

const key = "kastellan.rulesSeen";

/** Which rules these are: the bar comes back when there are others. */
const signOf = (bindings: readonly Binding[]) =>
  bindings.map(({ organization, policies }) => `${organization.id}:${policies.join(",")}`).join(";");

/** Says above one's own vault that organizations set rules for one, until one has seen which. */
export function RulesBar() {
  const t = useT();
  const bindings = useBinding();
  const [seen, setSeen] = useState(() => localStorage.getItem(key));
  const [open, setOpen] = useState(false);
  const sign = signOf(bindings);
  const [first] = bindings;

  function hide() {
    localStorage.setItem(key, sign);
    setSeen(sign);
  }

  if (!first || (sign === seen && !open)) {
    return null;
  }
  const count = bindings.reduce((sum, { policies }) => sum + policies.length, 0);
  return (
    <aside
      aria-label={t("membership.rulesTitle")}
      className="flex items-center gap-2.5 border-b border-line bg-surface py-1 pr-2 pl-4 text-sm sm:pl-6"
    >
      <ShieldCheck className="size-4 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 flex-1">
        {bindings.length === 1
          ? t("membership.rulesOf", { count, name: first.organization.name })
          : t("membership.rulesOfMany", { count })}
      </span>
      <Button size="sm" look="ghost" onClick={() => setOpen(true)}>
        {t("membership.rulesShow")}
      </Button>
      <IconButton
        size="sm"
        label={t("membership.rulesHide")}
        icon={<X className="size-4" />}
        onClick={hide}
      />
      {open ? (
        <Suspense>
          <RulesDialog
            bindings={bindings}
            onClose={() => {
              setOpen(false);
              hide();
            }}
          />
        </Suspense>
      ) : null}
    </aside>
  );
}
