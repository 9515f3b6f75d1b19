import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useT } from "@/i18n";
import { useNarrow } from "@/ui/media";
import { DeviceNotice } from "../deviceArea";
import { useVault } from "../hooks";
import { BottomBar } from "./BottomBar";
import { Rail } from "./Rail";
import { SyncNotice } from "./SyncNotice";
import { useLiveQueries } from "./useLiveQueries";

const Palette = lazy(() => import("./Palette").then((module) => ({ default: module.Palette })));

export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  const narrow = useNarrow();
  const [palette, setPalette] = useState<"never" | "open" | "closed">("never");
  useLiveQueries();
  const ready = useVault((state) => state.profile !== null);

  useEffect(() => {
    function open(event: KeyboardEvent) {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        setPalette("open");
      }
    }
    window.addEventListener("keydown", open);
    return () => window.removeEventListener("keydown", open);
  }, []);

  return (
    <div className="flex h-dvh max-sm:flex-col">
      <button
        type="button"
        onClick={() => document.getElementById("content")?.focus()}
        className="sr-only z-50 rounded-lg bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("shell.skip")}
      </button>
      {narrow ? null : <Rail onSearch={() => setPalette("open")} />}
      <main
        id="content"
        tabIndex={-1}
        className="flex min-h-0 min-w-0 flex-1 flex-col bg-raised outline-none"
      >
        {ready ? <Suspense>{children}</Suspense> : <SyncNotice />}
      </main>
      {narrow ? <BottomBar /> : null}
      {ready ? (
        <Suspense>
          <DeviceNotice />
        </Suspense>
      ) : null}
      {palette === "never" ? null : (
        <Suspense>
          <Palette open={palette === "open"} onClose={() => setPalette("closed")} />
        </Suspense>
      )}
    </div>
  );
}
