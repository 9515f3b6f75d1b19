import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OrgId } from "@/crypto/model/ids";
import { usePortal } from "./scope";
import type { SectionId } from "./sections";

/** What the address says about a page beyond its section: filters, what is open. Texts, and never secrets. */
export type PlaceSearch = Readonly<Record<string, string | undefined>>;

/** Where one is in the portal, and how to get elsewhere. */
export function usePortalPlace() {
  const { providerId } = usePortal();
  const navigate = useNavigate();
  const params: { section?: string } = useParams({ strict: false });
  const search: PlaceSearch = useSearch({ strict: false });
  return {
    section: params.section ?? "",
    search,
    go(section: SectionId, to: PlaceSearch = {}, options: { replace?: boolean } = {}) {
      void navigate({
        to: "/providers/$providerId/$section",
        params: { providerId, section },
        search: to,
        replace: options.replace ?? false,
      });
    },
    /** The Admin Console of a client; `tab` is one of its sections. */
    goToClient(organizationId: OrgId, tab = "overview", to: PlaceSearch = {}) {
      void navigate({
        to: "/providers/$providerId/clients/$organizationId/$tab",
        params: { providerId, organizationId, tab },
        search: to,
      });
    },
  };
}

type PortalLinkProps = {
  section: SectionId;
  search?: PlaceSearch;
  className?: string;
  children: ReactNode;
};

export function PortalLink({ section, search = {}, className, children }: PortalLinkProps) {
  const { providerId } = usePortal();
  return (
    <Link
      to="/providers/$providerId/$section"
      params={{ providerId, section }}
      search={search}
      {...(className && { className })}
    >
      {children}
    </Link>
  );
}
