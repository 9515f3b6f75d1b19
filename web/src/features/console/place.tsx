import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type ConsoleScope, useConsole } from "./scope";
import type { SectionId } from "./sections";

/** What the address says about a page beyond its section: filters, what is open. Texts, and never secrets. */
export type PlaceSearch = Readonly<Record<string, string | undefined>>;

/** The address of a section in the frame in which the organization is administered. */
function addressOf({ by, organizationId }: ConsoleScope, section: SectionId, search: PlaceSearch) {
  return by.kind === "provider"
    ? ({
        to: "/providers/$providerId/clients/$organizationId/$tab",
        params: { providerId: by.providerId, organizationId, tab: section },
        search,
      } as const)
    : ({
        to: "/organizations/$organizationId/$section",
        params: { organizationId, section },
        search,
      } as const);
}

/** Where one is in the Admin Console, and how to get elsewhere, whichever frame is around. */
export function usePlace() {
  const scope = useConsole();
  const navigate = useNavigate();
  const params: { section?: string; tab?: string } = useParams({ strict: false });
  const search: PlaceSearch = useSearch({ strict: false });
  return {
    section: (scope.by.kind === "provider" ? params.tab : params.section) ?? "",
    search,
    go(section: SectionId, to: PlaceSearch = {}, options: { replace?: boolean } = {}) {
      void navigate({ ...addressOf(scope, section, to), replace: options.replace ?? false });
    },
  };
}

type SectionLinkProps = {
  section: SectionId;
  search?: PlaceSearch;
  className?: string;
  children: ReactNode;
};

export function SectionLink({ section, search = {}, className, children }: SectionLinkProps) {
  const scope = useConsole();
  return (
    <Link {...addressOf(scope, section, search)} {...(className && { className })}>
      {children}
    </Link>
  );
}
