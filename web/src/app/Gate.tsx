import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { UnlockPage } from "@/features/auth";
import { loadTexts } from "@/i18n";
import { withAccountTexts } from "./accountArea";
import { PagePending } from "./Fallbacks";
import { useSession, useVault } from "./hooks";
import { live, vault } from "./services";
import { toLogin } from "./toLogin";

const TemporaryPassword = lazy(() =>
  withAccountTexts(() => import("@/features/auth/TemporaryPasswordPage"))().then((module) => ({
    default: module.TemporaryPasswordPage,
  })),
);
const Shell = lazy(async () => {
  const load = withAccountTexts(() => import("./shell/Shell"));
  const [module] = await Promise.all([
    load(),
    loadTexts("vault"),
    loadTexts("attachment"),
    loadTexts("live"),
  ]);
  return { default: module.Shell };
});

/** What needs an open vault is behind this: logged out goes to the log-in, locked unlocks in place. */
export function Gate() {
  const state = useSession();
  const router = useRouter();
  const navigate = useNavigate();
  const known = useVault((vaultState) => vaultState.profile)?.forcePasswordReset;

  useEffect(() => {
    if (state.status !== "unlocked") {
      return;
    }
    if (vault.getSnapshot().status.kind === "idle") {
      void vault.sync();
    }
    const stopPolling = vault.startPolling(() => live.getSnapshot() === "live");
    const stopLive = live.start();
    return () => {
      stopPolling();
      stopLive();
    };
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
  // The log-in says it first; after a reload the profile does.
  const temporary = known ?? state.temporaryPassword;
  if (temporary || state.weakPassword) {
    return (
      <Suspense fallback={<PagePending />}>
        <TemporaryPassword email={state.account.email} weak={!temporary} />
      </Suspense>
    );
  }
  return (
    <Suspense fallback={<PagePending />}>
      <Shell>
        <Outlet />
      </Shell>
    </Suspense>
  );
}
