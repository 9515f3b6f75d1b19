import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { home } from "@/features/provider/home";
import { withAccountTexts } from "./accountArea";
import { clientArea, consoleArea } from "./consoleArea";
import { PageError, PageMissing, PagePending } from "./Fallbacks";
import { Gate } from "./Gate";
import { portalArea } from "./portalArea";
import { receiveArea } from "./receiveArea";
import { session } from "./services";
import { toLogin } from "./toLogin";

const auth = () => import("@/features/auth");
const invitations = () => import("@/features/auth/invitations");
const joining = withAccountTexts(invitations);
const vaultArea = () => import("@/features/vault");
const generator = () => import("@/features/generator");
const sendArea = () => import("./sendArea").then((module) => module.sendArea());
const settings = () => import("@/features/settings");

const root = createRootRoute({ component: Outlet });

/** Search parameters are texts; what a link does not carry is absent. */
type Search = Record<string, string | undefined>;
function texts<Key extends string>(...keys: Key[]) {
  return (search: Search): { [K in Key]?: string | undefined } => {
    const found = keys.filter((key) => search[key] !== undefined).map((key) => [key, search[key]]);
    return Object.fromEntries(found);
  };
}

/** The sections of the Admin Console and of the Provider Portal keep their filters in the address, each its own. */
function anyTexts(search: Search): Search {
  const given = Object.entries(search).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/vault" });
  },
});

const open = [
  createRoute({
    getParentRoute: () => root,
    path: "/login",
    validateSearch: texts("next", "email"),
    component: lazyRouteComponent(auth, "LoginPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/register",
    validateSearch: texts("email"),
    component: lazyRouteComponent(invitations, "RegisterPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/finish-signup",
    validateSearch: texts("token", "email"),
    component: lazyRouteComponent(invitations, "FinishSignupPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/accept-organization",
    validateSearch: texts(
      "organizationId",
      "organizationUserId",
      "email",
      "organizationName",
      "token",
      "initOrganization",
      "orgUserHasExistingUser",
    ),
    component: lazyRouteComponent(joining, "AcceptOrganizationPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/providers/accept-provider",
    validateSearch: texts("providerId", "providerUserId", "providerName", "email", "token"),
    component: lazyRouteComponent(invitations, "AcceptProviderPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/providers/setup-provider",
    validateSearch: texts("providerId", "email", "token"),
    component: lazyRouteComponent(invitations, "SetupProviderPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/verify-recover-delete-provider",
    validateSearch: texts("providerId", "token", "name"),
    component: lazyRouteComponent(joining, "DeleteProviderPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/verify-email",
    validateSearch: texts("userId", "token"),
    component: lazyRouteComponent(invitations, "VerifyEmailPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/hint",
    validateSearch: texts("email"),
    component: lazyRouteComponent(invitations, "HintPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/recover-delete",
    component: lazyRouteComponent(invitations, "RecoverDeletePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/verify-recover-delete",
    validateSearch: texts("userId", "token", "email"),
    component: lazyRouteComponent(invitations, "VerifyRecoverDeletePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/send/$accessId/$key",
    component: lazyRouteComponent(receiveArea, "ReceivePage"),
  }),
] as const;

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Gate,
  // The gate itself sends people away when their session ends before its eyes. It is blind to somebody who goes
  // elsewhere behind it while the log-in is still being loaded: their new address leads them to the log-in from here.
  beforeLoad: ({ location }) => {
    if (session.getSnapshot().status === "loggedOut") {
      throw redirect({ to: "/login", search: toLogin(location.href), replace: true });
    }
  },
});

const guarded = [
  createRoute({
    getParentRoute: () => shell,
    path: "/vault",
    validateSearch: texts("view", "item", "mode"),
    component: lazyRouteComponent(vaultArea, "VaultPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/sends",
    validateSearch: texts("send", "filter", "act"),
    component: lazyRouteComponent(sendArea, "SendsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/generator",
    component: lazyRouteComponent(generator, "GeneratorPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/settings/$section",
    component: lazyRouteComponent(settings, "SettingsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/providers",
    component: lazyRouteComponent(portalArea, "ProvidersPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/providers/$providerId",
    beforeLoad: ({ params: { providerId } }) => {
      throw redirect({
        to: "/providers/$providerId/$section",
        params: { providerId, section: home },
        replace: true,
      });
    },
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/providers/$providerId/$section",
    validateSearch: anyTexts,
    component: lazyRouteComponent(portalArea, "ProviderPortal"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/providers/$providerId/clients/$organizationId/$tab",
    validateSearch: anyTexts,
    component: lazyRouteComponent(clientArea, "ClientConsole"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/organizations/$organizationId/$section",
    validateSearch: anyTexts,
    component: lazyRouteComponent(consoleArea, "OrganizationConsole"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([start, ...open, shell.addChildren([...guarded])]),
  history: createHashHistory(),
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
    const query = new URLSearchParams(given as [string, string][]).toString();
    return query ? `?${query}` : "";
  },
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageMissing,
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
