import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Lock, LogOut, RefreshCw, Settings2 } from "lucide-react";
import { languages, useLanguage, useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { IconButton } from "@/ui/Button";
import { Menu, MenuChoice, MenuItem, MenuNote, MenuSeparator } from "@/ui/Menu";
import { toast } from "@/ui/Toast";
import { handleError } from "../errors";
import { useVault } from "../hooks";
import { chooseLanguage, setTheme, type Theme, useTheme } from "../preferences";
import { session, vault } from "../services";
import { LiveDot, useInterrupted } from "./LiveDot";

export function AccountMenu({ compact }: { compact?: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const language = useLanguage();
  const theme = useTheme();
  const profile = useVault((state) => state.profile);
  const name = profile?.name || profile?.email || t("shell.account");
  const themes: { value: Theme; label: string }[] = [
    { value: "system", label: t("shell.themeSystem") },
    { value: "light", label: t("shell.themeLight") },
    { value: "dark", label: t("shell.themeDark") },
  ];
  const interrupted = useInterrupted();
  const avatar = (
    <span className="relative flex shrink-0">
      <Avatar
        round
        seed={profile?.id ?? ""}
        name={name}
        color={profile?.avatarColor ?? null}
        size={compact ? "sm" : "md"}
      />
      <LiveDot interrupted={interrupted} />
    </span>
  );

  async function sync() {
    await vault.sync();
    // Lists that are asked for page by page are no part of the vault, but of what one wants to see anew.
    await queries.invalidateQueries();
    const { status } = vault.getSnapshot();
    if (status.kind === "failed") {
      handleError(status.error, t("shell.syncFailed"));
    } else {
      toast({ title: t("shell.synced") });
    }
  }

  return (
    <div className="flex items-center gap-1">
      <Menu
        side="top"
        align={compact ? "end" : "start"}
        trigger={
          <button
            type="button"
            title={t("shell.accountMenu")}
            className={
              compact
                ? "flex flex-1 flex-col items-center gap-0.5 rounded-lg px-3 py-1 text-xs text-muted"
                : "flex h-11 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-1.5 text-left hover:bg-hover"
            }
          >
            {avatar}
            {compact ? (
              t("shell.account")
            ) : (
              <span className="min-w-0 flex-1">
                <span className="block truncate leading-[18px] font-medium">{name}</span>
                {profile?.name ? (
                  <span className="block truncate text-xs text-muted">{profile.email}</span>
                ) : null}
              </span>
            )}
          </button>
        }
      >
        <MenuItem
          icon={<Settings2 />}
          onClick={() => void navigate({ to: "/settings/$section", params: { section: "profile" } })}
        >
          {t("shell.settings")}
        </MenuItem>
        {interrupted ? <MenuNote>{t("live.interruptedText")}</MenuNote> : null}
        <MenuItem icon={<RefreshCw />} onClick={() => void sync()}>
          {t("shell.sync")}
        </MenuItem>
        <MenuSeparator />
        <MenuChoice
          label={t("shell.language")}
          value={language}
          options={[...languages]}
          onChange={chooseLanguage}
        />
        <MenuChoice label={t("shell.theme")} value={theme} options={themes} onChange={setTheme} />
        <MenuSeparator />
        <MenuItem icon={<Lock />} onClick={() => session.lock("user")}>
          {t("shell.lock")}
        </MenuItem>
        <MenuItem icon={<LogOut />} onClick={() => void session.logout("user")}>
          {t("shell.logout")}
        </MenuItem>
      </Menu>
      {compact ? null : (
        <IconButton
          size="sm"
          label={t("shell.lock")}
          icon={<Lock className="size-4" />}
          onClick={() => session.lock("user")}
        />
      )}
    </div>
  );
}
