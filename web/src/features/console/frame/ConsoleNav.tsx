import { Link, useParams } from "@tanstack/react-router";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { mayAdminister, memberRights } from "../rights";
import { sectionsFor } from "../sections";

/** The sections of the organization in the rail. */
export function ConsoleNav({ linkClass }: { linkClass: string }) {
  const t = useT();
  const { organizationId = "" } = useParams({ strict: false });
  const organization = useVault((state) => state.organizations).find(({ id }) => id === organizationId);
  if (!(organization && mayAdminister(organization))) {
    return null;
  }
  return sectionsFor(memberRights(organization), organization).map(({ id, icon: Icon }) => (
    <Link
      key={id}
      to="/organizations/$organizationId/$section"
      params={{ organizationId, section: id }}
      className={linkClass}
    >
      <Icon aria-hidden />
      {t(`console.section.${id}`)}
    </Link>
  ));
}
