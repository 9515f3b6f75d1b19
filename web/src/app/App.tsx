import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useT } from "@/i18n";
import { Toaster } from "@/ui/Toast";
import { type UiWords, UiWordsProvider } from "@/ui/words";
import { router } from "./router";
import { session } from "./services";

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: 1, refetchOnWindowFocus: true } },
});

export function App() {
  const t = useT();
  const words = useMemo<UiWords>(
    () => ({
      show: t("ui.show"),
      hide: t("ui.hide"),
      copy: t("ui.copy"),
      copied: t("ui.copied"),
      copyFailed: t("ui.copyFailed"),
      close: t("ui.close"),
      dismiss: t("ui.dismiss"),
      working: t("ui.working"),
      sortAscending: t("ui.sortAscending"),
      sortDescending: t("ui.sortDescending"),
      noMatches: t("ui.noMatches"),
      notifications: t("ui.notifications"),
      discardTitle: t("ui.discardTitle"),
      discardText: t("ui.discardText"),
      discard: t("ui.discard"),
      keepEditing: t("ui.keepEditing"),
      columns: t("ui.columns"),
      stopTitle: t("ui.stopTitle"),
      stopText: t("ui.stopText"),
      stop: t("ui.stop"),
      keepWaiting: t("ui.keepWaiting"),
    }),
    [t],
  );

  useForgetOnLock();
  useActivity();

  return (
    <CSPProvider disableStyleElements>
      <UiWordsProvider words={words}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Toaster />
        </QueryClientProvider>
      </UiWordsProvider>
    </CSPProvider>
  );
}

/** Answers of the server do not outlive the session that asked for them. */
function useForgetOnLock() {
  useEffect(
    () =>
      session.subscribe(() => {
        if (session.getSnapshot().status !== "unlocked") {
          queries.clear();
        }
      }),
    [],
  );
}

function useActivity() {
  useEffect(() => {
    const note = () => session.noteActivity();
    const kinds = ["keydown", "pointerdown", "touchstart"] as const;
    for (const kind of kinds) {
      window.addEventListener(kind, note, { passive: true });
    }
    return () => {
      for (const kind of kinds) {
        window.removeEventListener(kind, note);
      }
    };
  }, []);
}
