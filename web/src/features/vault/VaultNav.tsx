import { Link, useLocation, useSearch } from "@tanstack/react-router";
import {
  Archive,
  Folder,
  FolderOpen,
  Layers,
  Paperclip,
  Pencil,
  Plus,
  Star,
  Trash2,
  User,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { useVault } from "@/app/hooks";
import type { FolderView } from "@/crypto/model/view";
import { OrganizationMenu } from "@/features/membership";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { IconButton } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { FolderDialog } from "./dialogs/FolderDialog";
import { ItemIcon } from "./ItemIcon";
import { inView } from "./model/filter";
import { itemTypes } from "./model/types";

/** The parts of the vault, in the rail or, on a phone, in a panel. */
export function VaultNav({ onChosen }: { onChosen?: () => void }) {
  const t = useT();
  const items = useVault((state) => state.items);
  const present = new Set(items.map((item) => item.type));
  const live = items.filter((item) => inView(item, { kind: "all" })).length;
  const withFiles = items.some((item) => item.hasAttachments);
  const types = itemTypes.filter((type) => present.has(type));
  return (
    // Only a link chooses something: the menus and dialogs of this list stand in it, too.
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for the links inside
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by keyboard clicks, too
    <div onClick={(event) => (event.target as HTMLElement).closest("a") && onChosen?.()}>
      <ViewLink view="all" icon={<Layers />} label={t("vault.view.all")} count={live} />
      <ViewLink view="favorites" icon={<Star />} label={t("vault.view.favorites")} />
      <ViewLink view="mine" icon={<User />} label={t("vault.view.mine")} />
      {withFiles ? (
        <ViewLink view="attachments" icon={<Paperclip />} label={t("vault.view.attachments")} />
      ) : null}
      {types.length > 1 ? <Heading>{t("vault.types")}</Heading> : null}
      {types.length > 1
        ? types.map((type) => (
            <ViewLink
              key={type}
              view={`type:${type}`}
              icon={<ItemIcon type={type} bare />}
              label={t(`vault.type.${type}`)}
            />
          ))
        : null}
      <Organizations />
      <Folders />
      <hr className="my-2 border-line" />
      <ViewLink view="archive" icon={<Archive />} label={t("vault.view.archive")} />
      <ViewLink view="trash" icon={<Trash2 />} label={t("vault.view.trash")} />
    </div>
  );
}

function Organizations() {
  const t = useT();
  const organizations = useVault((state) => state.organizations);
  const collections = useVault((state) => state.collections);
  const joined = organizations.filter((organization) => organization.status === 2);
  if (joined.length === 0) {
    return null;
  }
  return (
    <>
      <Heading>{t("vault.organizations")}</Heading>
      {joined.map((organization) => (
        <div key={organization.id}>
          <ViewLink
            view={`organization:${organization.id}`}
            icon={<Avatar size="sm" seed={organization.id} name={organization.name} />}
            label={organization.name}
            action={<OrganizationMenu organization={organization} />}
          />
          {collections
            .filter((collection) => collection.organizationId === organization.id)
            .map((collection) => (
              <ViewLink
                key={collection.id}
                view={`collection:${collection.id}`}
                label={collection.name}
                nested
              />
            ))}
        </div>
      ))}
    </>
  );
}

function Folders() {
  const t = useT();
  const folders = useVault((state) => state.folders);
  const [edited, setEdited] = useState<FolderView | "new" | null>(null);
  return (
    <>
      <Heading
        action={
          <IconButton
            size="sm"
            label={t("vault.newFolder")}
            icon={<Plus className="size-4" />}
            onClick={(event) => {
              event.stopPropagation();
              setEdited("new");
            }}
          />
        }
      >
        {t("vault.folders")}
      </Heading>
      {folders.map((folder) => (
        <ViewLink
          key={folder.id}
          view={`folder:${folder.id}`}
          icon={<Folder />}
          label={folder.name}
          action={
            <IconButton
              size="sm"
              label={t("vault.editFolderNamed", { name: folder.name })}
              icon={<Pencil className="size-3.5" />}
              onClick={(event) => {
                event.stopPropagation();
                setEdited(folder);
              }}
            />
          }
        />
      ))}
      <ViewLink view="folder:none" icon={<FolderOpen />} label={t("vault.noFolder")} />
      {edited ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps the dialog's clicks from the links around
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <div onClick={(event) => event.stopPropagation()}>
          <FolderDialog folder={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
        </div>
      ) : null}
    </>
  );
}

function Heading({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="mt-2 flex h-8 items-center justify-between pl-2.5 text-xs font-medium text-muted">
      {children}
      {action}
    </div>
  );
}

type ViewLinkProps = {
  view: string;
  label: string;
  icon?: ReactNode;
  count?: number;
  nested?: boolean;
  action?: ReactNode;
};

function ViewLink({ view, label, icon, count, nested, action }: ViewLinkProps) {
  const search = useSearch({ strict: false }) as { view?: string };
  const onVault = useLocation({ select: (location) => location.pathname === "/vault" });
  const active = onVault && (search.view ?? "all") === view;
  return (
    <div
      className={cx(
        "group relative flex h-8 items-center rounded-lg",
        active ? "bg-accent-soft font-medium text-accent-text" : "hover:bg-hover",
      )}
    >
      <Link
        to="/vault"
        search={{ view }}
        aria-current={active ? "page" : undefined}
        className={cx(
          "flex h-full min-w-0 flex-1 items-center gap-2.5 rounded-lg pr-2.5 [&>svg]:size-4 [&>svg]:shrink-0",
          nested ? "pl-[42px]" : "pl-2.5",
          !active && "[&>svg]:text-muted",
        )}
      >
        {icon}
        <span className="truncate">{label}</span>
        {count === undefined ? null : <span className="ml-auto text-xs text-muted">{count}</span>}
      </Link>
      {action ? (
        <span className="opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 max-sm:opacity-100">
          {action}
        </span>
      ) : null}
    </div>
  );
}
