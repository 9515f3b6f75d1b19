import { Link, useParams } from "@tanstack/react-router";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { mayEnter, sectionsFor } from "../sections";

/** The sections of the portal in the rail. */
export function PortalNav({ linkClass }: { linkClass: string }) {
  const t = useT();
  const { providerId = "" } = useParams({ strict: false });
  const provider = useVault((state) => state.providers).find(({ id }) => id === providerId);
  if (!(provider && mayEnter(provider))) {
    return null;
  }
  return sectionsFor(provider).map(({ id, icon: Icon }) => (
    <Link
      key={id}
      to="/providers/$providerId/$section"
      params={{ providerId, section: id }}
      // What the address says about the page is no part of where one is; a client is below Clients.
      activeOptions={{ exact: false, includeSearch: false }}
      className={linkClass}
    >
      <Icon aria-hidden />
      {t(`portal.section.${id}`)}
    </Link>
  ));
}
