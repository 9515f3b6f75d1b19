import { CircleCheck, CircleMinus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Offboarding } from "@/api/staff";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { usePortal } from "../scope";

type OffboardingListsProps = { offboarding: Offboarding; done: boolean };

/** What ends, one line each: the place in the team, memberships at clients, and API keys. */
export function OffboardingLists({ offboarding, done }: OffboardingListsProps) {
  const t = useT();
  const { providerId, name } = usePortal();
  const { provider, clients, reached, keys } = offboarding;
  return (
    <>
      <List title={t("staff.lists.provider")}>
        <Line
          icon={<Avatar size="sm" seed={providerId} name={name} />}
          name={name}
          note={t("staff.lists.providerNote")}
          error={provider.error}
          done={done}
        />
      </List>
      <List
        title={
          clients.length > 0
            ? t("staff.lists.clients", { count: clients.length })
            : t("staff.lists.memberships")
        }
      >
        {clients.map((client) => (
          <Line
            key={client.id}
            icon={<Avatar size="sm" seed={client.organizationId} name={client.name} />}
            name={client.name}
            note={t("staff.lists.items", { count: client.items })}
            badge={t(`client.roles.${client.role}`)}
            error={client.error}
            done={done}
          />
        ))}
        {clients.length === 0 ? (
          <li className="px-3 py-2.5 text-muted">{t("staff.lists.noClients")}</li>
        ) : null}
      </List>
      {reached.length > 0 ? (
        <List title={t("staff.lists.reached", { count: reached.length })}>
          {reached.map((client) => (
            <Line
              key={client.id}
              icon={<Avatar size="sm" seed={client.organizationId} name={client.name} />}
              name={client.name}
              note={t("staff.lists.items", { count: client.items })}
              error={provider.error === null ? null : t("staff.lists.withTeam")}
              done={done}
            />
          ))}
        </List>
      ) : null}
      {keys.length > 0 ? (
        <List title={t("staff.lists.keys", { count: keys.length })}>
          {keys.map((key) => (
            <Line key={key.id} name={key.name} note={t("staff.lists.keyNote")} error={null} done={done} />
          ))}
        </List>
      ) : null}
    </>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-sm font-medium">{title}</h3>
      <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {children}
      </ul>
    </section>
  );
}

type LineProps = {
  icon?: ReactNode;
  name: string;
  note: string;
  badge?: string;
  error: string | null;
  done: boolean;
};

function Line({ icon, name, note, badge, error, done }: LineProps) {
  const t = useT();
  const [Icon, mood, words] = error
    ? ([TriangleAlert, "text-bad", t(done ? "staff.lists.stays" : "staff.lists.willStay")] as const)
    : done
      ? ([CircleCheck, "text-good", t("staff.lists.ended")] as const)
      : ([CircleMinus, "text-muted", t("staff.lists.ends")] as const);
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      {icon}
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          {badge ? <Badge>{badge}</Badge> : null}
        </span>
        <span className={error ? "block text-sm text-bad" : "block truncate text-sm text-muted"}>
          {error ?? note}
        </span>
      </span>
      <span className={`flex shrink-0 items-center gap-1.5 text-sm ${mood}`}>
        <Icon className="size-4" aria-hidden />
        {words}
      </span>
    </li>
  );
}
