import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import type { Binding } from "./useBinding";

/** What one's organizations ask of one, in words. */
export function RulesDialog({ bindings, onClose }: { bindings: readonly Binding[]; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("membership.rulesTitle")}
      description={t("membership.rulesText")}
      footer={<Button onClick={onClose}>{t("ui.close")}</Button>}
    >
      <div className="flex flex-col gap-4">
        {bindings.map(({ organization, policies }) => (
          <section key={organization.id} aria-label={organization.name}>
            <h3 className="mb-2 flex items-center gap-2 font-medium">
              <Avatar size="sm" seed={organization.id} name={organization.name} />
              <span className="min-w-0 wrap-anywhere">{organization.name}</span>
            </h3>
            <ul className="divide-y divide-line rounded-xl border border-line">
              {policies.map((type) => (
                <li key={type} className="px-4 py-2.5">
                  <span className="block">{t(`policies.name.${type}`)}</span>
                  <span className="block text-sm text-muted">{t(`policies.text.${type}`)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
