import type { ReactNode } from "react";
import { chooseLanguage } from "@/app/preferences";
import { usePageTitle } from "@/app/title";
import { languages, useLanguage, useT } from "@/i18n";
import { Mark } from "./Mark";

type AuthLayoutProps = {
  title: string;
  /** Which organization or provider this is about. */
  badge?: ReactNode;
  intro?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
};

/** One quiet column that says which server this is. */
export function AuthLayout({ title, badge, intro, children, footer }: AuthLayoutProps) {
  const t = useT();
  const language = useLanguage();
  usePageTitle(title);
  return (
    <div className="flex min-h-full flex-col items-center px-4 pt-[max(6vh,1.5rem)] pb-6">
      <header className="mb-7 flex items-center gap-2.5">
        <Mark />
        <span className="text-md font-semibold tracking-tight">Kastellan</span>
      </header>
      <main className="w-full max-w-[25rem]">
        <div className="rounded-2xl border border-line bg-raised p-6 shadow-card sm:p-7">
          {badge ? <div className="mb-4">{badge}</div> : null}
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {intro ? <div className="mt-1.5 text-muted">{intro}</div> : null}
          {children ? <div className="mt-6">{children}</div> : null}
        </div>
        {footer ? <div className="mt-5 text-center text-muted">{footer}</div> : null}
      </main>
      <footer className="mt-auto flex flex-wrap items-center justify-center gap-x-4 gap-y-1 pt-8 text-sm text-muted">
        <span>{t("auth.server", { host: location.host })}</span>
        <fieldset className="flex gap-3">
          <legend className="sr-only">{t("shell.language")}</legend>
          {languages.map((option) => (
            <button
              key={option.value}
              type="button"
              lang={option.value}
              aria-pressed={option.value === language}
              onClick={() => chooseLanguage(option.value)}
              className="rounded aria-pressed:font-medium aria-pressed:text-text hover:text-text"
            >
              {option.label}
            </button>
          ))}
        </fieldset>
      </footer>
    </div>
  );
}

export const linkClass = "rounded font-medium text-accent-text underline-offset-3 hover:underline";
