import { Download } from "lucide-react";
import { useEffect } from "react";
import type { MemberReach } from "@/api";
import type { CollectionId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/States";
import { levelOf } from "../access/levels";
import { csvOf, download, fileNamePart } from "../csv";
import { useCollections, useGroups, useStoreState } from "../data";
import { useConsole } from "../scope";
import { type KnownItem, knownItems, viaGroups } from "./rotation";

const shown = 100;

/** Which collections somebody reaches, and which items they may know: the list of what to change. */
export function Reach({ reach, person }: { reach: MemberReach; person: string }) {
  const t = useT();
  const { rights, store, name } = useConsole();
  const collections = useCollections();
  const groups = useGroups();
  const state = useStoreState();
  const named = rights.can("readAllItems");

  useEffect(() => {
    if (named) {
      void store.load();
    }
  }, [named, store]);

  if (collections.isLoading || (named && state.status.kind === "loading" && state.items.length === 0)) {
    return <Skeleton className="h-40" />;
  }
  const collectionNames = new Map((collections.data ?? []).map((one) => [one.id, one.name]));
  const nameOf = (id: CollectionId) => collectionNames.get(id) ?? "";
  const byName = [...reach.collections].sort((a, b) => nameOf(a.id).localeCompare(nameOf(b.id)));
  const items = knownItems(reach, new Map(state.items.map((item) => [item.id, item])), collectionNames);
  return (
    <>
      <section aria-labelledby="reach-collections">
        <h3 id="reach-collections" className="mb-1.5 text-sm font-medium">
          {t("console.offboard.collections", { count: reach.collections.length })}
        </h3>
        {reach.collections.length > 0 ? (
          <ul className="max-h-48 divide-y divide-line overflow-y-auto rounded-lg border border-line">
            {byName.map((row) => {
              const via = viaGroups(row, groups.data ?? []);
              return (
                <li key={row.id} className="flex items-center gap-3 px-3 py-2">
                  <span className="min-w-0 flex-1 truncate">
                    {nameOf(row.id) || t("vault.undecryptable")}
                    {via ? (
                      <span className="text-sm text-muted">
                        {" "}
                        · {t("console.offboard.via", { groups: via })}
                      </span>
                    ) : null}
                  </span>
                  <Badge>{t(`client.level.${levelOf(row)}`)}</Badge>
                </li>
              );
            })}
          </ul>
        ) : (
          <p className="text-sm text-muted">{t("console.offboard.noCollections", { person })}</p>
        )}
      </section>
      <section aria-labelledby="reach-items">
        <div className="mb-1.5 flex items-center gap-3">
          <h3 id="reach-items" className="min-w-0 flex-1 text-sm font-medium">
            {t("console.offboard.items", { count: items.length })}
          </h3>
          {items.length > 0 ? <RotationList items={items} person={person} organization={name} /> : null}
        </div>
        {items.length === 0 ? (
          <p className="text-sm text-muted">{t("console.offboard.noItems", { person })}</p>
        ) : named ? (
          <Items items={items} />
        ) : (
          <p className="text-sm text-muted">{t("console.offboard.unnamed")}</p>
        )}
      </section>
    </>
  );
}

function Items({ items }: { items: readonly KnownItem[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {items.slice(0, shown).map((item) => (
          <li key={item.id} className="flex items-center gap-3 px-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{item.name ?? t("vault.undecryptable")}</span>
              <span className="block truncate text-sm text-muted">
                {[item.username, item.collections].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className="shrink-0 text-right text-sm">
              <span className="block">
                {item.viewPassword ? t("console.offboard.knows") : t("console.offboard.hidden")}
              </span>
              <span className="block text-muted">
                {item.lastUsed
                  ? t("console.offboard.used", { when: format.ago(item.lastUsed) })
                  : t("console.offboard.neverUsed")}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {items.length > shown ? (
        <p className="mt-1.5 text-sm text-muted">
          {t("console.offboard.more", { count: items.length - shown })}
        </p>
      ) : null}
    </>
  );
}

type RotationListProps = { items: readonly KnownItem[]; person: string; organization: string };

/** The list as a file, to work through: what to change after somebody has left. */
function RotationList({ items, person, organization }: RotationListProps) {
  const t = useT();
  function save() {
    const header = [
      t("console.csv.item"),
      t("vault.username"),
      t("vault.collections"),
      t("console.csv.readable"),
      t("console.csv.editable"),
      t("console.csv.lastUsed"),
      "ID",
    ];
    const yesNo = (yes: boolean) => t(yes ? "vault.yes" : "vault.no");
    const rows = items.map((item) => [
      item.name ?? "",
      item.username,
      item.collections,
      yesNo(item.viewPassword),
      yesNo(item.edit),
      item.lastUsed ?? "",
      item.id,
    ]);
    download(`${fileNamePart(`${organization} ${person}`)}-rotation.csv`, csvOf(header, rows));
  }
  return (
    <Button size="sm" icon={<Download className="size-4" />} onClick={save}>
      {t("console.offboard.download")}
    </Button>
  );
}
