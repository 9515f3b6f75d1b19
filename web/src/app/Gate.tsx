import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { UnlockPage } from "@/features/auth";
import { PagePending } from "./Fallbacks";
import { useSession } from "./hooks";
import { vault } from "./services";
import { toLogin } from "./toLogin";

const Shell = lazy(() => import("./shell/Shell").then((module) => ({ default: module.Shell })));

/** What needs an open vault is behind this: logged out goes to the log-in, locked unlocks in place. */
export function Gate() {
  const state = useSession();
  const router = useRouter();
  const navigate = useNavigate();

  useEffect(() => {
    if (state.status !== "unlocked") {
      return;
    }
    if (vault.getSnapshot().status.kind === "idle") {
      void vault.sync();
    }
    return vault.startPolling();
  }, [state.status]);

  useEffect(() => {
    if (state.status === "loggedOut") {
      // Read once: this component stays while the log-in is loaded, and must not send people there twice.
      const { href } = router.state.location;
      void navigate({ to: "/login", search: toLogin(href), replace: true });
    }
  }, [state.status, router, navigate]);

  if (state.status !== "unlocked") {
    return <UnlockPage />;
  }
  return (
    <Suspense fallback={<PagePending />}>
      <Shell>
        <Outlet />
      </Shell>
    </Suspense>
  );
}
